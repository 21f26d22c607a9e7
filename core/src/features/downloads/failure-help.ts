import type { FailureCode } from '@mediafetcher/sdk';
import { platformName } from '../../tools/index.ts';

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a button can do about a failure; a client shows those that it knows. */
export const FAILURE_ACTIONS = [
  'send-cookies',
  'open-original',
  'check-link',
  'use-proxy',
  'wait',
  'retry',
  'free-space',
  'check-folder',
  'raise-limit',
  'update-tools',
  'install-tool',
  'report',
  'none',
] as const;
export type FailureAction = (typeof FAILURE_ACTIONS)[number];

/** Sentence, and what helps or what it means; `{platform}` is the platform's name. */
type Words = readonly [sentence: string, help: string];
type Entry = Readonly<Record<Language, Words>> & { readonly action: FailureAction };

/** The words of every failure, in each language; the web app has the same (tests/tools/failure-words.test.ts compares them). */
export const FAILURE_HELP: Readonly<Record<FailureCode, Entry>> = {
  MF_ERR_LOGIN_REQUIRED: {
    action: 'send-cookies',
    en: [
      '{platform} wants you to be signed in to see this.',
      'Send fresh cookies from a browser that is signed in there.',
    ],
    fr: [
      '{platform} demande d’être connecté pour voir ceci.',
      'Envoyez les cookies récents d’un navigateur qui y est connecté.',
    ],
  },
  MF_ERR_PRIVATE: {
    action: 'send-cookies',
    en: ['This account is private.', 'The session in use doesn’t follow it. Send cookies of one that does.'],
    fr: ['Ce compte est privé.', 'La session utilisée ne le suit pas. Envoyez les cookies d’un compte qui le suit.'],
  },
  MF_ERR_NOT_FOUND: {
    action: 'check-link',
    en: ['The post is gone, or the link is cut off.', 'Open the link in a browser to see what is left.'],
    fr: [
      'La publication n’existe plus, ou le lien est tronqué.',
      'Ouvrez le lien dans un navigateur pour voir ce qu’il en reste.',
    ],
  },
  MF_ERR_GEO_BLOCKED: {
    action: 'use-proxy',
    en: ['This post isn’t shown in your country.', 'Turn a proxy in another country on.'],
    fr: ['Cette publication n’est pas visible dans votre pays.', 'Activez un proxy dans un autre pays.'],
  },
  MF_ERR_RATE_LIMITED: {
    action: 'wait',
    en: ['{platform} asked us to slow down.', 'Give it some time before you try again.'],
    fr: ['{platform} nous demande de ralentir.', 'Laissez passer un peu de temps avant de réessayer.'],
  },
  MF_ERR_NO_MEDIA: {
    action: 'open-original',
    en: ['There is no video, image or sound in this post.', 'Only pictures, sound and video are kept.'],
    fr: ['Il n’y a ni vidéo, ni image, ni son ici.', 'Seuls les images, le son et la vidéo sont gardés.'],
  },
  MF_ERR_UNSUPPORTED: {
    action: 'check-link',
    en: ['Nothing here can save this kind of post yet.', 'Send the link of the post itself.'],
    fr: [
      'Rien ici ne sait encore enregistrer ce genre de publication.',
      'Envoyez le lien de la publication elle-même.',
    ],
  },
  MF_ERR_NETWORK: {
    action: 'retry',
    en: ['The connection to {platform} broke.', 'Anything that has come is kept, so it goes on from there.'],
    fr: ['La connexion à {platform} a été coupée.', 'La partie reçue est gardée ; la reprise part de là.'],
  },
  MF_ERR_DISK_FULL: {
    action: 'free-space',
    en: ['The media folder is full.', 'Nothing was written. Free some space, then try again.'],
    fr: ['Le dossier média est plein.', 'Rien n’a été écrit. Libérez de l’espace, puis réessayez.'],
  },
  MF_ERR_DISK_READ_ONLY: {
    action: 'check-folder',
    en: ['The media folder can’t be written to.', 'Check its rights on the server, then try again.'],
    fr: ['Impossible d’écrire dans le dossier média.', 'Vérifiez ses droits sur le serveur, puis réessayez.'],
  },
  MF_ERR_QUOTA: {
    action: 'free-space',
    en: ['Your share of the space is used up.', 'Delete what you no longer need, then try again.'],
    fr: ['Votre part de l’espace est épuisée.', 'Supprimez ce qui ne sert plus, puis réessayez.'],
  },
  MF_ERR_MOUNT_MISSING: {
    action: 'check-folder',
    en: ['The media folder is not there.', 'The share is not mounted, so nothing is written and nothing is lost.'],
    fr: ['Le dossier média n’est pas monté.', 'Rien n’est écrit, rien n’est perdu.'],
  },
  MF_ERR_CHALLENGE: {
    action: 'send-cookies',
    en: ['{platform} wants proof that you are human.', 'Open it in your browser, answer, then send fresh cookies.'],
    fr: [
      '{platform} veut vérifier que vous êtes humain.',
      'Ouvrez la page dans votre navigateur, répondez, puis envoyez des cookies récents.',
    ],
  },
  MF_ERR_URL_NOT_A_SHORT: {
    action: 'none',
    en: ['That is a regular YouTube video.', 'MediaFetcher saves Shorts only.'],
    fr: ['C’est une vidéo YouTube classique.', 'MediaFetcher n’enregistre que les Shorts.'],
  },
  MF_ERR_TOOL_MISSING: {
    action: 'install-tool',
    en: [
      'A tool that this needs is missing on the server.',
      'Details name it. Start again with npm run up, or set its path.',
    ],
    fr: [
      'Un outil nécessaire manque sur le serveur.',
      'Les détails le nomment. Relancez npm run up, ou indiquez son chemin.',
    ],
  },
  MF_ERR_TOOL_OUTDATED: {
    action: 'update-tools',
    en: ['{platform}’s pages changed and the tools can’t read them.', 'Update yt-dlp and gallery-dl.'],
    fr: ['Les pages de {platform} ont changé, les outils ne les lisent plus.', 'Mettez à jour yt-dlp et gallery-dl.'],
  },
  MF_ERR_PLUGIN: {
    action: 'report',
    en: ['The plugin for {platform} made a mistake.', 'Other platforms are not affected.'],
    fr: ['L’extension pour {platform} a fait une erreur.', 'Les autres plateformes ne sont pas touchées.'],
  },
  MF_ERR_TIMEOUT: {
    action: 'retry',
    en: ['{platform} stopped answering.', 'Try again later.'],
    fr: ['{platform} ne répond plus.', 'Réessayez plus tard.'],
  },
  MF_ERR_TOO_LARGE: {
    action: 'raise-limit',
    en: ['This file is larger than the server allows.', 'An admin can raise the limit in Settings.'],
    fr: [
      'Ce fichier dépasse la taille que le serveur permet.',
      'Un administrateur peut relever la limite dans les réglages.',
    ],
  },
  MF_ERR_CORRUPT: {
    action: 'retry',
    en: ['The file arrived damaged.', 'It was thrown away. A new try often works.'],
    fr: ['Le fichier est arrivé abîmé.', 'Il a été jeté. Un nouvel essai suffit souvent.'],
  },
  MF_ERR_INTERNAL: {
    action: 'report',
    en: ['The server made a mistake with this one.', 'Its log says more.'],
    fr: ['Le serveur a fait une erreur avec cette publication.', 'Son journal en dit plus.'],
  },
};

export interface FailureHelp {
  readonly sentence: string;
  readonly help: string | null;
  readonly action: FailureAction;
}

/** A failure in a person's language, and what they can do about it. */
export function helpFor(code: FailureCode, platform: string, language: Language): FailureHelp {
  const entry = FAILURE_HELP[code];
  const [sentence, help] = entry[language].map((words) => words.replaceAll('{platform}', platformName(platform)));
  return { sentence: sentence ?? '', help: help === '' ? null : (help ?? null), action: entry.action };
}
