/** Characters of a tool's last words that go with an error. */
const KEPT = 4_000;
/** A shorter text is in many words by chance. */
const SHORTEST_SECRET = 4;
const HIDDEN = '[removed]';

/** The end of a tool's log without names and passwords in addresses and without signed queries. */
export function redactLog(text: string): string {
  return redactWords(text.slice(-KEPT));
}

/** Takes out what may be a secret wherever it comes from: passwords and queries of addresses, cookies, tokens. */
export function redactWords(text: string): string {
  return text
    .replace(/(\b[a-z][\w+.-]*:\/\/)[^\s/@]+@/gi, '$1')
    .replace(/(\bhttps?:\/\/[^\s?'"]+)\?[^\s'"]+/gi, '$1?…')
    .replace(/((?:set-)?cookie|(?:proxy-)?authorization|x-csrf\w*)(['"]?\s*[:=]\s*['"]?)[^\r\n'"]+/gi, `$1$2${HIDDEN}`)
    .replace(
      /\b(sessionid\w*|csrftoken|auth_token|ct0|reddit_session|token\w*|ds_user_id|msToken|SAPISID)=[^\s;,&'"]+/gi,
      `$1=${HIDDEN}`,
    );
}

/**
 * Removes known secrets from a text, in every spelling in which a tool prints them.
 * @param secrets values of cookies and headers, passwords; those of fewer than four characters are left
 */
export function removeSecrets(text: string, secrets: Iterable<string>): string {
  const spellings = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue;
    for (const spelling of [secret, encodeURIComponent(secret), decode(secret), JSON.stringify(secret).slice(1, -1)])
      if (spelling.length >= SHORTEST_SECRET) spellings.add(spelling);
  }
  // The longest first: one secret may be a part of another.
  return [...spellings]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, spelling) => rest.replaceAll(spelling, HIDDEN), text);
}

/** Values of cookies in Netscape text. */
export function listCookieValues(netscape: string): readonly string[] {
  return netscape.split('\n').flatMap((line) => line.split('\t')[6]?.trim() ?? []);
}

function decode(secret: string): string {
  try {
    return decodeURIComponent(secret);
  } catch {
    return secret; // A percent sign of its own.
  }
}
