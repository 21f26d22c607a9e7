import type { PostSpec, World } from '../world.ts';

const stamp = (seconds: number): string => {
  const [, day = '', date = '', month = '', year = '', time = ''] =
    /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(seconds * 1000).toUTCString()) ?? [];
  return `${day} ${month} ${date} ${time} +0000 ${year}`;
};

export const mediaName = (post: PostSpec, index: number): string => `L${post.id}i${index}`;

const buildEntity = (post: PostSpec, index: number, world: World): Record<string, unknown> => {
  const { recipe } = world.media.asset(post.media[index]?.asset ?? '');
  const name = mediaName(post, index);
  const extension = recipe.type === 'image/png' ? 'png' : 'jpg';
  const common = {
    id_str: `${BigInt(post.id) - 1000n + BigInt(index)}`,
    media_key: `3_${post.id}${index}`,
    media_url_https: `https://pbs.twimg.com/media/${name}.${extension}`,
    url: 'https://t.co/LabMedia01',
    expanded_url: `${post.url}/photo/${index + 1}`,
    original_info: { width: recipe.width, height: recipe.height },
    sizes: { large: { w: recipe.width, h: recipe.height, resize: 'fit' } },
    ext_media_availability: { status: 'Available' },
  };
  if (recipe.kind === 'image') return { ...common, type: 'photo' };
  const poster = `https://pbs.twimg.com/ext_tw_video_thumb/${name}/pu/img/cover.jpg`;
  if (post.name === 'x-gif') {
    const variants = [
      { bitrate: 0, content_type: 'video/mp4', url: `https://video.twimg.com/tweet_video/${name}.mp4` },
    ];
    return { ...common, media_url_https: poster, type: 'animated_gif', video_info: { aspect_ratio: [1, 1], variants } };
  }
  const url = (width: number, height: number): string =>
    `https://video.twimg.com/ext_tw_video/${common.id_str}/pu/vid/avc1/${width}x${height}/${name}.mp4?tag=12`;
  return {
    ...common,
    media_url_https: poster,
    type: 'video',
    video_info: {
      aspect_ratio: [9, 16],
      duration_millis: (recipe.duration ?? 0) * 1000,
      variants: [
        { bitrate: 256_000, content_type: 'video/mp4', url: url(180, 320) },
        { bitrate: 2_176_000, content_type: 'video/mp4', url: url(recipe.width, recipe.height) },
      ],
    },
  };
};

const buildUser = ({ author }: PostSpec): Record<string, unknown> =>
  buildUserOf(author.id.slice(0, 10), author.handle, author.name);

/** A person as X's GraphQL sends them. */
export const buildUserOf = (id: string, handle: string, name: string): Record<string, unknown> => {
  const legacy = {
    id_str: id,
    name,
    screen_name: handle,
    created_at: 'Tue Mar 21 20:50:14 +0000 2017',
    description: '',
    entities: { description: { urls: [] } },
    favourites_count: 1200,
    followers_count: 48_000,
    friends_count: 310,
    listed_count: 120,
    media_count: 900,
    statuses_count: 4100,
    profile_image_url_https: 'https://pbs.twimg.com/profile_images/1/lab_normal.jpg',
  };
  return {
    __typename: 'User',
    rest_id: id,
    core: { name: legacy.name, screen_name: legacy.screen_name, created_at: legacy.created_at },
    avatar: { image_url: legacy.profile_image_url_https },
    location: { location: '' },
    verification: { verified: false },
    privacy: { protected: false },
    legacy,
  };
};

/** A post as X's GraphQL sends it. */
export const buildTweet = (post: PostSpec, world: World): Record<string, unknown> => {
  const media = post.media.map((_, index) => buildEntity(post, index, world));
  return {
    __typename: 'Tweet',
    rest_id: post.id,
    core: { user_results: { result: buildUser(post) } },
    source: '<a href="https://mobile.x.com" rel="nofollow">X Web App</a>',
    views: { count: '91248', state: 'EnabledWithCount' },
    legacy: {
      id_str: post.id,
      conversation_id_str: post.id,
      user_id_str: post.author.id.slice(0, 10),
      created_at: stamp(post.at),
      full_text: media.length === 0 ? post.text : `${post.text} https://t.co/LabMedia01`,
      lang: 'en',
      entities: {
        hashtags: [...post.text.matchAll(/#([\p{L}\p{N}_]+)/gu)].map(([, text]) => ({ text })),
        urls: [],
        user_mentions: [],
      },
      ...(media.length === 0 ? {} : { extended_entities: { media } }),
      bookmark_count: 51,
      favorite_count: 1893,
      quote_count: 12,
      reply_count: 84,
      retweet_count: 240,
      possibly_sensitive: false,
    },
  };
};

/** The page that a signed-in tool reads X's request keys from: right in shape, meaningless in value. */
export const HOME_PAGE: string = ((): string => {
  const key = Buffer.from(Array.from({ length: 48 }, (_, index) => (index * 37) % 256)).toString('base64');
  const row = (n: number): string => Array.from({ length: 11 }, (_, index) => (n * 31 + index * 17) % 256).join(' ');
  const path = `M 10,30 C${Array.from({ length: 16 }, (_, n) => row(n)).join('C')}`;
  const frames = [0, 1, 2, 3].map(
    (n) => `<svg id="loading-x-anim-${n}"><g><path d="M0"></path><path d="${path}"></path></g></svg>`,
  );
  return `<meta name="twitter-site-verification" content="${key}">${frames.join('')}<script>{1:"main",20113:"ondemand.s"}[e]+"."+{20113:"1ab"}[e]</script>`;
})();

export const ONDEMAND_SCRIPT = '(e[2],16)*(e[12],16)*(e[14],16)*(e[7],16)';
