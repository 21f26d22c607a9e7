const ENTRIES = [
  'format=format_name,duration:format_tags=major_brand',
  'stream=codec_type,codec_name,profile,pix_fmt,width,height,duration',
  'stream_disposition=attached_pic:stream_tags=rotate:stream_side_data=rotation',
].join(':');

/** Builds ffprobe's argv. It may open this one file and nothing that the file names. */
export function buildFfprobeArguments(path: string): string[] {
  return [
    '-v',
    'error',
    '-protocol_whitelist',
    'file',
    '-show_entries',
    ENTRIES,
    '-of',
    'json=c=1',
    '-i',
    `file:${path}`,
  ];
}
