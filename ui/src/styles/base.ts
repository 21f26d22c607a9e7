import { iconStyles } from '../elements/icons.ts';
import { buttons } from './buttons.ts';
import { reset } from './reset.ts';
import { text } from './text.ts';

/** The blocks that most elements need. */
export const base = [reset, text, buttons, iconStyles];
