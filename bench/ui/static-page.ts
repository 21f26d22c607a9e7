import type { Page } from 'playwright-core';

/** The peer of the wall: the same pictures in as many columns, as plain HTML with every place worked out beforehand. */
export interface StaticPicture {
  readonly url: string;
  readonly ratio: number;
  readonly caption: string;
}

const COLUMNS = 6;
const GAP = 14;
const TEXT = 64;

/** Opens it on the product's own origin, so that its pictures come from there. */
export async function openStaticPage(page: Page, origin: string, pictures: readonly StaticPicture[]): Promise<void> {
  const address = `${origin}/static-page-of-the-bench`;
  const width = Math.floor((1440 - 100 - GAP * COLUMNS) / COLUMNS);
  const bottoms = Array.from({ length: COLUMNS }, () => 0);
  const figures = pictures.map(({ url, ratio, caption }) => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const [top, height] = [bottoms[column] ?? 0, Math.round(width * ratio)];
    bottoms[column] = top + height + TEXT + GAP;
    const place = `left:${column * (width + GAP)}px;top:${top}px;width:${width}px`;
    return `<figure style="${place}"><img loading="lazy" decoding="async" src="${url}" width="${width}" height="${height}" alt=""><figcaption>${caption}</figcaption></figure>`;
  });
  const style =
    'body{margin:0;background:#0c0c0b;color:#eee;font:13px system-ui}figure{position:absolute;margin:0}img{border-radius:8px;display:block}';
  const body = `<!doctype html><meta charset="utf-8"><style>${style}</style><main style="position:relative;height:${Math.max(...bottoms)}px">${figures.join('')}</main>`;
  await page.route(address, async (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await page.goto(address, { waitUntil: 'load' });
}
