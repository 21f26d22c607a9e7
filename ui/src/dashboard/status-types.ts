import type { ResultOf } from 'gql.tada';
import type { MachineryQuery, StatusQuery, ToolsQuery } from '../api/status-documents.ts';

export type Status = ResultOf<typeof StatusQuery>;
export type Machinery = ResultOf<typeof MachineryQuery>;
export type Day = Status['downloadDays'][number];
export type Plugin = Status['plugins'][number];
export type PlatformHealth = Status['platformHealth'][number];
export type Tool = ResultOf<typeof ToolsQuery>['tools'][number];
