import type { FailureCode } from './failure-code.ts';

/** What an address leads to. A `share` link must be resolved before its post is known. */
export type LinkKind = 'post' | 'profile' | 'listing' | 'share';

export type ToolName = 'yt-dlp' | 'gallery-dl' | 'twmd' | 'ffmpeg' | 'ffprobe' | 'aria2c';

/** `profile` and `listing`: addresses of that kind can be expanded to their posts. */
export type Capability = 'post' | 'profile' | 'listing' | 'feed';

/**
 * One shape of address. Rules are tried in the order of the manifest; the first that matches decides.
 * Patterns are RE2 syntax (no look-around, no back-references), anchored at both ends by the host,
 * so that matching is linear in the length of the address.
 */
export interface MatchRule {
  /** Pattern over the lower-cased host name. */
  readonly host: string;
  /** Pattern over the path, collapsed slashes, percent-decoded. Groups are numbered for the templates. */
  readonly path: string;
  /** Patterns over query parameters, all of which must match; groups go on with the numbering of `path`. */
  readonly query?: Readonly<Record<string, string>>;
  /** What the address is; `refused` answers with `refusal` instead of a match. */
  readonly kind: LinkKind | 'refused';
  /** Canonical key, e.g. `instagram:$1`. Needed for `post`. */
  readonly key?: string;
  /** Canonical address handed to tools, e.g. `https://www.instagram.com/p/$1/`. @default the address as normalised */
  readonly url?: string;
  /** Names applied to the groups before the templates are filled. */
  readonly transform?: 'lower-case' | 'cut-28';
  /** False where only the probe can tell (a YouTube watch page may be a Short). @default true */
  readonly certain?: boolean;
  /** Names for a capture group that no post or profile has (reserved words), compared without case. */
  readonly reserved?: readonly string[];
  /** Template of the item of the post that is meant, counted from 1, e.g. `$2`. Empty when the group is missing. */
  readonly item?: string;
  /** Query parameter that names the item of the post, counted from 1. */
  readonly itemQuery?: string;
  readonly refusal?: { readonly code: FailureCode | 'MF_ERR_URL_UNSUPPORTED'; readonly message: string };
}

interface ManifestBase {
  readonly id: string;
  readonly displayName: string;
  /** Path of an SVG file inside the package. */
  readonly icon?: string;
  /** Hosts the plugin talks to: exact names, or `.example.com` for a name and all below it. */
  readonly hosts: readonly string[];
  readonly tools: readonly ToolName[];
  /**
   * JSON Schema of what a person can choose for one download. A property with `appliesTo` (a list of {@link LinkKind}) is
   * there for addresses of these kinds only.
   */
  readonly options?: object;
  /** JSON Schema of what an admin can set; properties with `secret: true` go to the vault. */
  readonly settings?: object;
  /** Semver range of MediaFetcher's plugin API, bounded above. */
  readonly engines: { readonly mediafetcher: string };
}

/** How a signed-in person is told from their cookies. */
export interface SessionRules {
  /** Names of cookies of which each says that somebody is signed in. */
  readonly cookies: readonly string[];
  /** One request that a platform does not hold against an account, and what its answer holds for a signed-in person only. */
  readonly check?: {
    readonly url: string;
    /** RE2 pattern, searched in the body of an answer with status 200. */
    readonly signedIn: string;
  };
}

export interface ConnectorManifest extends ManifestBase {
  readonly kind: 'connector';
  /** Platform id; also the first part of each key: `instagram tiktok reddit x youtube`, or a new word. */
  readonly platform: string;
  /** The whole truth about the platform's addresses and keys. */
  readonly matches: readonly MatchRule[];
  readonly capabilities: readonly Capability[];
  /** @default cookies of the platform are taken as they are */
  readonly session?: SessionRules;
}

export interface ProcessorManifest extends ManifestBase {
  readonly kind: 'processor';
  /** Processors run in ascending order. @default 100 */
  readonly order?: number;
}

/** The `mediafetcher` field of a plugin's package.json; read by the server without running code. */
export type PluginManifest = ConnectorManifest | ProcessorManifest;
