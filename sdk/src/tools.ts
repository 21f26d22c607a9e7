import type { ItemKind } from './post.ts';

/** One run of yt-dlp that probes and fetches; argv is built by the host. */
export interface YtDlpRequest {
  readonly url: string;
  /** Extractors that may take the address, so that `generic` never fetches anything. */
  readonly extractors: readonly string[];
  /** Format selection. @default best H.264/AAC MP4, else best */
  readonly format?: string;
  /** Folder for the files. @default the staging directory */
  readonly directory?: string;
  /** Further arguments, each an own argv item. */
  readonly extra?: readonly string[];
}

export interface YtDlpFile {
  readonly id: string;
  readonly path: string;
}

export interface YtDlpRun {
  /** The info documents, in order, as soon as the first is printed. Rejects with a coded error. */
  readonly info: Promise<Readonly<Record<string, unknown>>>;
  /** All info documents and files once the run has ended well. Rejects with a coded error. */
  readonly finished: Promise<{
    readonly infos: readonly Readonly<Record<string, unknown>>[];
    readonly files: readonly YtDlpFile[];
  }>;
  /** Ends the run; `info` and `finished` then reject. */
  cancel(): void;
}

export interface GalleryDlRequest {
  readonly url: string;
  readonly directory?: string;
  readonly extra?: readonly string[];
}

export interface GalleryDlFile {
  readonly path: string;
  /** What gallery-dl knows of the file (its `--write-metadata` document). */
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface GalleryDlRun {
  /** Metadata of the first file, as soon as it is known. */
  readonly info: Promise<Readonly<Record<string, unknown>>>;
  /** Files in the order of the post. Rejects with a coded error; never empty. */
  readonly finished: Promise<{ readonly files: readonly GalleryDlFile[] }>;
  cancel(): void;
}

/** A run of gallery-dl that reads a list and fetches nothing. */
export interface GalleryDlListing {
  /** With the tab: a bare profile is a list of lists. */
  readonly url: string;
  /** Posts after which it is ended. */
  readonly limit: number;
  /** Names of the fields that are wanted of each post. */
  readonly fields: readonly string[];
  /** The field that tells a post from its files. */
  readonly idField: string;
  readonly extra?: readonly string[];
}

/** A post of a list, and what it holds. */
export interface GalleryDlRow {
  readonly post: Readonly<Record<string, unknown>>;
  readonly files: readonly Readonly<Record<string, unknown>>[];
}

/** A run of yt-dlp that reads a list and fetches nothing. */
export interface YtDlpListing {
  readonly url: string;
  readonly extractors: readonly string[];
  readonly limit: number;
  readonly extra?: readonly string[];
}

export interface ProbedStream {
  readonly type: 'video' | 'audio' | 'other';
  readonly codec: string;
  readonly profile?: string;
  readonly pixelFormat?: string;
  /** After rotation. */
  readonly width?: number;
  readonly height?: number;
  /** Clockwise degrees: 0, 90, 180, 270. */
  readonly rotation: number;
  readonly attachedPicture: boolean;
}

/** Facts of a file as ffprobe and its top-level boxes tell them. */
export interface ProbedFile {
  readonly kind: ItemKind;
  /** ffprobe's format_name. */
  readonly format: string;
  readonly majorBrand?: string;
  /** Seconds; 0 for images. */
  readonly duration: number;
  readonly size: number;
  readonly streams: readonly ProbedStream[];
  /** MP4 only: false when `moov` comes after `mdat`. */
  readonly moovFirst?: boolean;
  readonly width?: number;
  readonly height?: number;
}

export interface FfmpegRequest {
  /** Arguments between the program's name and the output, each an own argv item. */
  readonly arguments: readonly string[];
  readonly output: string;
  /** Seconds of output, for progress. */
  readonly duration?: number;
  /** 0-1. */
  readonly onProgress?: (share: number) => void;
}

/** Typed runners of the outside programs. Each run belongs to the job: it ends with it. */
export interface Tools {
  ytDlp(request: YtDlpRequest): YtDlpRun;
  galleryDl(request: GalleryDlRequest): GalleryDlRun;
  /** Rows as they come; leaving the loop ends the run. Throws coded errors, after the rows that came before. */
  listGalleryDl(request: GalleryDlListing): AsyncIterable<GalleryDlRow>;
  /** Rows as they come; leaving the loop ends the run. Throws coded errors, after the rows that came before. */
  listYtDlp(request: YtDlpListing): AsyncIterable<Readonly<Record<string, unknown>>>;
  /** Resolves a post of X to its media addresses. @throws MF_ERR_TOOL_MISSING when twmd is not installed */
  twmd(request: { readonly postId: string }): Promise<readonly string[]>;
  ffmpeg(request: FfmpegRequest): Promise<void>;
  probeFile(path: string): Promise<ProbedFile>;
  /** True when the tool is there. */
  has(tool: 'yt-dlp' | 'gallery-dl' | 'twmd'): boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most 5 MB. */
  text(): Promise<string>;
}

/** HTTP limited to the hosts of the plugin's manifest; private addresses refused; no redirect is followed by itself. */
export interface GuardedHttp {
  request(url: string, options?: { method?: 'GET' | 'HEAD'; headers?: Record<string, string> }): Promise<HttpResponse>;
  /** Streams an address to a file (resumes a partial one), reports bytes as progress. */
  download(url: string, path: string, options?: { headers?: Record<string, string> }): Promise<{ size: number }>;
}
