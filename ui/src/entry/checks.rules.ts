import type { ResultOf } from 'gql.tada';
import type { CheckMediaFolderMutation } from '../api/first-run-documents.ts';
import { t } from '../words/entry.ts';
import { formatBytes, formatSpeed } from '../words/format.ts';

export type MediaCheck = ResultOf<typeof CheckMediaFolderMutation>['checkMediaFolder'];

interface Check {
  readonly ok: boolean;
  readonly title: string;
  readonly text: string;
}

/** What was looked at, in words; what could not be tried because of an earlier trouble is left out. */
export function checksOf({ marked, writable, sameDisk, free, size, speed, problem }: MediaCheck): Check[] {
  const room =
    free !== null && size !== null ? t('check_room', { free: formatBytes(free), size: formatBytes(size) }) : '';
  const there = { ok: marked, title: t('check_marked'), text: marked ? room : t('check_marked_bad') };
  if (!marked) return [there];
  const tried = speed === null ? '' : t('check_writable_ok', { speed: formatSpeed(speed) });
  const write = {
    ok: writable,
    title: t('check_writable'),
    text: writable ? tried : t('check_writable_bad', { code: problem ?? '' }),
  };
  if (!writable && sameDisk) return [there, write];
  return [
    there,
    write,
    { ok: sameDisk, title: t('check_disk'), text: t(sameDisk ? 'check_disk_ok' : 'check_disk_bad') },
  ];
}
