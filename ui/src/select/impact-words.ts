import type { Impact } from '../api/types.ts';
import { formatBytes } from '../words/format.ts';
import { t, tn } from '../words/select.ts';

/** An impact in sentences: what goes, what stays. */
export function impactSentences({ files, bytes, keptFiles }: Impact): string[] {
  return [
    files > 0 ? tn('remove_files', files, { size: formatBytes(bytes) }) : t('remove_none'),
    ...(keptFiles > 0 ? [tn('remove_kept', keptFiles)] : []),
  ];
}
