import { assert } from 'chai';
import { html } from 'lit';
import type { Post } from '../../src/api/types.ts';
import '../../src/viewer/mf-viewer.ts';
import type { MfViewer } from '../../src/viewer/mf-viewer.ts';
import type { MfStage } from '../../src/viewer/mf-stage.ts';
import { film, item, post } from '../helpers/data.ts';
import { LibraryServer } from '../helpers/library-server.ts';
import { find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const clip = (over: Partial<Post> = {}): Post => post({ items: [film({ id: 'clip.mp4' })], ...over });
const pictures = (): Post => post({ kind: 'carousel', items: [item(), item({ index: 1, id: 'beach.webp' })] });

/** The middle one of three posts is shown. */
async function open(shown: Post, { alone = false } = {}) {
  const server = new LibraryServer(0);
  server.posts = alone ? [shown] : [clip({ id: 'before' }), shown, clip({ id: 'after' })];
  const services = new FakeServices(server.answers);
  await services.library.open({});
  services.preferences.details = false;
  services.preferences.rate = 1;
  const shownAt: string[] = [];
  Object.assign(services.router, {
    go: (route: { postId: string; item: number }) => shownAt.push(`${route.postId}/${route.item}`),
  });
  const viewer = await mountIn<MfViewer>(services, html`<mf-viewer .postId=${shown.id}></mf-viewer>`);
  const closed: Event[] = [];
  viewer.addEventListener('mf-close', (event) => closed.push(event));
  const stage = find<MfStage>(viewer, 'mf-stage');
  await stage.updateComplete;
  return { viewer, stage, services, shownAt, closed };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** Fingers whose clock is the test's: a busy machine changes nothing. */
class Fingers {
  now = 1000;
  readonly #stage: MfStage;
  /** Where it is before anything drags it. */
  readonly #frame: DOMRect;

  constructor(stage: MfStage) {
    this.#stage = stage;
    this.#frame = stage.getBoundingClientRect();
  }

  /** @param at - shares of the stage's width and height */
  touch(
    type: 'down' | 'move' | 'up' | 'cancel',
    [x, y]: readonly [number, number],
    { id = 1, on = this.#target } = {},
  ) {
    const { left, top, width, height } = this.#frame;
    const event = new PointerEvent(`pointer${type}`, {
      ...{ pointerId: id, pointerType: 'touch', bubbles: true, composed: true, cancelable: true },
      ...{ clientX: left + width * x, clientY: top + height * y },
    });
    Object.defineProperty(event, 'timeStamp', { value: this.now });
    on.dispatchEvent(event);
  }

  tap(at: readonly [number, number], on?: Element): void {
    this.touch('down', at, on ? { on } : {});
    this.now += 40;
    this.touch('up', at, on ? { on } : {});
    this.now += 80;
  }

  /** @param ms - how long each part of the way takes */
  swipe(from: readonly [number, number], to: readonly [number, number], ms = 30, on?: Element): void {
    const by = on ? { on } : {};
    this.touch('down', from, by);
    for (const part of [0.25, 0.5, 0.75, 1]) {
      this.now += ms;
      this.touch('move', [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part], by);
    }
    this.now += 4;
    this.touch('up', to, by);
  }

  get #target(): Element {
    const { player } = this.#stage;
    return player?.renderRoot.querySelector('video') ?? this.#stage;
  }
}

const media = ({ stage }: Opened): HTMLVideoElement => {
  const video = stage.player?.renderRoot.querySelector('video');
  if (!video) throw new Error('no film is shown');
  return video;
};
const sign = ({ stage }: Opened): string =>
  stage.player?.renderRoot.querySelector('.sign')?.textContent.trim().replace(/\s+/g, ' ') ?? '';

describe('mf-viewer, by fingers', () => {
  afterEach(unmount);

  for (const [title, from, to, ms, shown] of [
    ['sideways is the next item', [0.8, 0.5], [0.2, 0.5], 30, 'it/2'],
    ['up is the next post', [0.5, 0.8], [0.5, 0.3], 30, 'after/1'],
    ['a flick down is the post before', [0.5, 0.2], [0.5, 0.7], 30, 'before/1'],
  ] as const) {
    it(title, async () => {
      const opened = await open({ ...pictures(), id: 'it' });
      new Fingers(opened.stage).swipe(from, to, ms);
      assert.deepEqual([opened.shownAt, opened.closed.length], [[shown], 0]);
    });
  }

  it('sideways is the other way round where one reads from right to left', async () => {
    const opened = await open({ ...pictures(), id: 'it' });
    document.documentElement.dir = 'rtl';
    new Fingers(opened.stage).swipe([0.2, 0.5], [0.8, 0.5]);
    assert.deepEqual(opened.shownAt, ['it/2']);
  });

  it('a slow drag down takes the picture along, says what letting go does, and closes', async () => {
    const opened = await open(pictures());
    const fingers = new Fingers(opened.stage);
    fingers.touch('down', [0.5, 0.2]);
    for (const y of [0.3, 0.4, 0.5, 0.5]) {
      fingers.now += 400;
      fingers.touch('move', [0.5, y]);
    }
    await opened.viewer.updateComplete;
    assert.include(textOf(opened.viewer), 'Let go to close');
    assert.match(opened.stage.style.translate, /^0px \d+/);
    fingers.touch('up', [0.5, 0.5]);
    assert.deepEqual([opened.shownAt, opened.closed.length], [[], 1]);
  });

  it('a drag that turns back does nothing, and the picture goes home', async () => {
    const opened = await open(pictures());
    const fingers = new Fingers(opened.stage);
    fingers.touch('down', [0.5, 0.2]);
    fingers.now += 400;
    fingers.touch('move', [0.5, 0.6]);
    fingers.now += 400;
    fingers.touch('move', [0.5, 0.21]);
    fingers.touch('up', [0.5, 0.21]);
    await opened.viewer.updateComplete;
    assert.equal(opened.stage.style.translate, '0px');
    assert.deepEqual([opened.shownAt, opened.closed.length], [[], 0]);
  });

  it('a flick down on the first post closes: there is nothing before it', async () => {
    const opened = await open(pictures(), { alone: true });
    new Fingers(opened.stage).swipe([0.5, 0.2], [0.5, 0.7]);
    assert.equal(opened.closed.length, 1);
  });

  it('a second finger is a pinch: whatever the first was at ends', async () => {
    const opened = await open(pictures());
    const fingers = new Fingers(opened.stage);
    fingers.touch('down', [0.6, 0.5]);
    fingers.touch('move', [0.4, 0.5]);
    fingers.touch('down', [0.7, 0.5], { id: 2 });
    fingers.touch('move', [0.9, 0.5], { id: 2 });
    fingers.touch('up', [0.9, 0.5], { id: 2 });
    fingers.touch('move', [0.1, 0.5]);
    fingers.touch('up', [0.1, 0.5]);
    await opened.viewer.updateComplete;
    assert.equal(opened.stage.zoomed, true);
    assert.deepEqual([opened.shownAt, opened.closed.length], [[], 0]);
    fingers.swipe([0.8, 0.5], [0.2, 0.5]);
    assert.deepEqual(opened.shownAt, [], 'a zoomed picture is moved, not left');
  });

  for (const [title, dir, at, name, end] of [
    ['two taps on the right half skip on', 'ltr', [0.8, 0.4], 'forward', true],
    ['two taps on the left half skip back', 'ltr', [0.2, 0.4], 'back', false],
    ['from right to left, time goes to the left', 'rtl', [0.2, 0.4], 'forward', true],
  ] as const) {
    it(title, async () => {
      const opened = await open(clip());
      document.documentElement.dir = dir;
      const video = media(opened);
      await until(() => video.currentTime > 0);
      opened.stage.player?.controls.toggle();
      video.currentTime = 1;
      const fingers = new Fingers(opened.stage);
      fingers.tap(at);
      assert.equal(video.currentTime, 1, 'one tap moves nothing');
      fingers.tap(at);
      assert.equal(video.currentTime, end ? video.duration : 0);
      assert.equal(video.paused, true, 'it stays as it was');
      await opened.stage.player?.updateComplete;
      assert.equal(sign(opened), '10 s');
      assert.equal(opened.stage.player?.renderRoot.querySelector('.sign')?.classList.contains(name), true);
      fingers.tap(at);
      await opened.stage.player?.updateComplete;
      assert.equal(sign(opened), '20 s', 'each further tap goes on');
      await until(() => sign(opened) === '');
    });
  }

  it('taps that are slow, or far apart, or on the controls, skip nothing', async () => {
    const opened = await open(clip());
    const video = media(opened);
    await until(() => video.currentTime > 0);
    opened.stage.player?.controls.toggle();
    video.currentTime = 1;
    const fingers = new Fingers(opened.stage);
    fingers.tap([0.8, 0.4]);
    fingers.now += 900;
    fingers.tap([0.8, 0.4]);
    fingers.tap([0.2, 0.4]);
    fingers.now += 900;
    const bar = opened.stage.player?.renderRoot.querySelector('media-time-range');
    if (!bar) throw new Error('no bar');
    fingers.tap([0.8, 0.9], bar);
    fingers.tap([0.8, 0.9], bar);
    fingers.swipe([0.8, 0.9], [0.2, 0.9], 30, bar);
    assert.deepEqual([video.currentTime, opened.shownAt], [1, []]);
  });

  it('a finger that rests plays fast; let go, the speed of before is back, and none of it is remembered', async () => {
    const opened = await open(clip());
    const video = media(opened);
    await until(() => video.currentTime > 0);
    video.playbackRate = 1.25;
    await until(() => opened.services.preferences.rate === 1.25);
    const fingers = new Fingers(opened.stage);
    fingers.touch('down', [0.5, 0.4]);
    await until(() => sign(opened) === '2x');
    assert.equal(video.playbackRate, 2);
    const menu = new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true });
    video.dispatchEvent(menu);
    assert.equal(menu.defaultPrevented, true, 'the browser’s menu stays shut');
    fingers.now += 2000;
    fingers.touch('move', [0.1, 0.4]);
    fingers.touch('up', [0.1, 0.4]);
    await opened.stage.player?.updateComplete;
    assert.deepEqual([video.playbackRate, sign(opened), opened.shownAt], [1.25, '', []]);
    assert.equal(opened.services.preferences.rate, 1.25);
    opened.services.preferences.setRate(1);
  });

  it('a second finger, and a press that the browser takes away, end the speed too', async () => {
    const opened = await open(clip());
    const video = media(opened);
    await until(() => video.currentTime > 0);
    const fingers = new Fingers(opened.stage);
    for (const end of ['second', 'cancel'] as const) {
      fingers.touch('down', [0.5, 0.4]);
      await until(() => video.playbackRate === 2);
      if (end === 'second') fingers.touch('down', [0.7, 0.4], { id: 2 });
      else fingers.touch('cancel', [0.5, 0.4]);
      assert.equal(video.playbackRate, 1, end);
      fingers.touch('up', [0.7, 0.4], { id: 2 });
      fingers.touch('up', [0.5, 0.4]);
    }
  });

  it('a press that moves is a drag and never a hold', async () => {
    const opened = await open({ ...clip(), id: 'it' });
    const video = media(opened);
    await until(() => video.currentTime > 0);
    const rates: number[] = [];
    video.addEventListener('ratechange', () => rates.push(video.playbackRate));
    const fingers = new Fingers(opened.stage);
    fingers.touch('down', [0.8, 0.4]);
    fingers.touch('move', [0.6, 0.4]);
    fingers.now += 5000;
    // Time enough for a hold to come: the sign of another jump has come and gone.
    opened.stage.player?.skip(1, 1);
    await until(() => sign(opened) !== '');
    await until(() => sign(opened) === '');
    fingers.touch('move', [0.2, 0.4]);
    fingers.touch('up', [0.2, 0.4]);
    assert.deepEqual([opened.shownAt, rates], [['after/1'], []]);
  });

  it('the bar of time runs from right to left too, and a press on it goes where it shows', async () => {
    const opened = await open(clip());
    document.documentElement.dir = 'rtl';
    const video = media(opened);
    await until(() => video.currentTime > 0);
    opened.stage.player?.controls.toggle();
    const bar = opened.stage.player?.renderRoot.querySelector('media-time-range');
    const input = bar?.shadowRoot?.querySelector('input');
    if (!bar || !input) throw new Error('no bar');
    assert.deepEqual([getComputedStyle(input).direction, getComputedStyle(bar).scale], ['ltr', '-1 1']);
  });

  it('a film that does not play is not hurried, and its menu is the browser’s', async () => {
    const opened = await open(clip());
    const video = media(opened);
    await until(() => video.currentTime > 0);
    opened.stage.player?.controls.toggle();
    assert.equal(opened.stage.player?.hold(), false);
    assert.equal(video.playbackRate, 1);
  });
});
