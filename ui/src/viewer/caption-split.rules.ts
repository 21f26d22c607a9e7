import { oneLine, withoutInvisible } from '../words/names.ts';
import { parseCaption } from './caption.rules.ts';

/** What is said of a post: a heading, unless the caption says the same, and what the caption has besides. */
export interface Said {
  /** False: the caption begins with the title, and shows links or hashtags in it. */
  readonly heading: boolean;
  readonly caption: string;
}

/** Nothing is said twice: a caption that begins with the title goes on where the title ends. */
export function splitCaption(title: string, original: string): Said {
  const caption = withoutInvisible(original);
  const end = endOf(caption, oneLine(title).replace(/…$/, ''));
  if (end === 0) return { heading: title !== '', caption };
  const cut = /…\s*$/.test(title) && caption.slice(end).trim() !== '';
  const plain = parseCaption(caption.slice(0, end)).every(({ kind }) => kind === 'text');
  // A title that was cut short is read on in the caption.
  if (!plain || cut) return { heading: false, caption };
  return { heading: true, caption: caption.slice(end).trim() };
}

/** Where in a caption the title that it begins with ends, whatever white space they have; 0 when it does not. */
function endOf(caption: string, title: string): number {
  let at = caption.length - caption.trimStart().length;
  if (title === '') return 0;
  for (let i = 0; i < title.length; i += 1) {
    if (title[i] === ' ') {
      const space = /^[\s\u0000-\u001f\u007f-\u009f]+/.exec(caption.slice(at));
      if (!space) return 0;
      at += space[0].length;
    } else if (caption[at] === title[i]) at += 1;
    else return 0;
  }
  return at;
}
