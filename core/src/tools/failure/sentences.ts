import type { FailureCode } from '@mediafetcher/sdk';
import type { ToolId } from './tool-run.ts';

export interface SentenceFacts {
  readonly tool: ToolId;
  readonly platform?: string;
  readonly withCookies?: boolean;
}

const PLATFORM_NAMES: Readonly<Record<string, string>> = {
  instagram: 'Instagram',
  tiktok: 'TikTok',
  reddit: 'Reddit',
  x: 'X',
  youtube: 'YouTube',
};

type Sentence = (facts: { site: string; tool: ToolId; withCookies: boolean }) => string;

/** What happened, in one sentence; what helps is a button elsewhere. */
const SENTENCES: Readonly<Record<FailureCode, Sentence>> = {
  MF_ERR_LOGIN_REQUIRED: ({ site, withCookies }) =>
    withCookies ? `${site} no longer takes your session for this.` : `${site} wants you to be signed in to see this.`,
  MF_ERR_PRIVATE: ({ site, withCookies }) =>
    withCookies
      ? `This ${site} account is private and your session doesn't follow it.`
      : `This ${site} post is private, and there is no session that may see it.`,
  MF_ERR_NOT_FOUND: ({ site }) => `The post is gone from ${site}, or the link is cut off.`,
  MF_ERR_GEO_BLOCKED: ({ site }) => `${site} doesn't show this post in your country.`,
  MF_ERR_RATE_LIMITED: ({ site }) => `${site} asked us to slow down.`,
  MF_ERR_NO_MEDIA: ({ site }) => `There is no video, image or sound in this ${site} post.`,
  MF_ERR_UNSUPPORTED: ({ site, tool }) => `${tool} can't read this kind of ${site} link.`,
  MF_ERR_NETWORK: ({ site }) => `The connection to ${site} broke. Anything that has arrived is kept.`,
  MF_ERR_DISK_FULL: () => 'The disk is full. Nothing was published.',
  MF_ERR_DISK_READ_ONLY: () => "The media folder can't be written to.",
  MF_ERR_QUOTA: () => 'You would keep more than you may.',
  MF_ERR_MOUNT_MISSING: () => 'The media folder is not mounted. Nothing is written, nothing is lost.',
  MF_ERR_CHALLENGE: ({ site }) => `${site} wants to see that you are a person. Open it in your browser first.`,
  MF_ERR_URL_NOT_A_SHORT: () => 'That is a regular YouTube video. MediaFetcher saves Shorts only.',
  MF_ERR_TOOL_MISSING: ({ tool }) => `${tool}, or something it needs, is not installed here.`,
  MF_ERR_TOOL_OUTDATED: ({ site, tool }) => `${site}'s page changed and ${tool} can't read it.`,
  MF_ERR_PLUGIN: ({ site }) => `The plugin for ${site} failed.`,
  MF_ERR_TIMEOUT: ({ site, tool }) => `${tool} got no further with ${site} and was stopped.`,
  MF_ERR_TOO_LARGE: ({ site }) => `A file of this ${site} post is larger than you allow.`,
  MF_ERR_CORRUPT: ({ site }) => `What ${site} sent is not a whole video, image or sound.`,
  MF_ERR_INTERNAL: ({ site, tool }) => `${tool} stopped without saying what is wrong with this ${site} post.`,
};

/** The sentence of a failure, with the platform's name in it. */
export function describeFailure(code: FailureCode, facts: SentenceFacts): string {
  const { tool, platform, withCookies = false } = facts;
  const sentence = SENTENCES[code]({ site: platformName(platform), tool, withCookies });
  return sentence.startsWith(tool) ? sentence : sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** How people call a platform; a plugin's own platform keeps its id. */
export function platformName(platform: string | undefined): string {
  return platform === undefined ? 'the site' : (PLATFORM_NAMES[platform] ?? platform);
}
