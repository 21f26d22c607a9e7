import { assert } from 'chai';
import { html } from 'lit';
import '../../src/viewer/mf-player.ts';
import type { MfPlayer } from '../../src/viewer/mf-player.ts';
import '../../src/viewer/mf-stage.ts';
import type { MfStage } from '../../src/viewer/mf-stage.ts';
import { film, item } from '../helpers/data.ts';
import { eventOf, find, mount, textOf, unmount, until } from '../helpers/render.ts';

const player = async (file: string): Promise<MfPlayer> =>
  mount<MfPlayer>(
    html`<mf-player
      style="inline-size: 300px; block-size: 500px"
      .src=${`/api/media/${file}/file`}
      .download=${'/keep'}
    ></mf-player>`,
  );

describe('mf-player', () => {
  afterEach(unmount);

  it('plays a short film by itself, without sound, over and over', async () => {
    const element = await player('clip.mp4');
    const video = find<HTMLVideoElement>(element, 'video');
    await until(() => video.currentTime > 0);
    assert.equal(video.videoWidth, 90);
    assert.equal(video.muted, true);
    await element.updateComplete;
    assert.equal(video.loop, true);
  });

  it('stops, seeks and steps when it is told to', async () => {
    const element = await player('clip.mp4');
    const video = find<HTMLVideoElement>(element, 'video');
    await until(() => video.currentTime > 0);
    element.controls.toggle();
    assert.equal(video.paused, true);
    element.controls.seek(99);
    assert.equal(video.currentTime, video.duration);
    element.controls.seek(-99);
    assert.equal(video.currentTime, 0);
  });

  it('says so when the browser cannot play it, and offers the file', async () => {
    const element = await player('clip.mp4');
    const told = eventOf(element, 'mf-unplayable');
    element.src = '/api/media/broken.mp4/file';
    await told;
    await element.updateComplete;
    assert.include(textOf(find(element, '[role=alert]')), 'This file can’t be played here');
    assert.equal(find<HTMLAnchorElement>(element, '[role=alert] a').pathname, '/keep');
  });

  it('stops when it is taken away', async () => {
    const element = await player('clip.mp4');
    const video = find<HTMLVideoElement>(element, 'video');
    await until(() => video.currentTime > 0);
    element.remove();
    assert.equal(video.paused, true);
  });
});

describe('mf-stage', () => {
  afterEach(unmount);
  const stage = async (value: ReturnType<typeof item>): Promise<MfStage> =>
    mount<MfStage>(
      html`<mf-stage style="inline-size: 800px; block-size: 600px" .item=${value} .label=${'A cat'}></mf-stage>`,
    );

  for (const [title, value, width, height] of [
    ['a portrait film is as high as the place', film({ id: 'clip.mp4' }), 337.5, 600],
    ['a wide picture is as wide as the place', item({ width: 1600, height: 800 }), 800, 400],
  ] as const) {
    it(title, async () => {
      const box = find(await stage(value), '.shot').getBoundingClientRect();
      assert.isAtMost(Math.abs(box.width - width), 1);
      assert.isAtMost(Math.abs(box.height - height), 1);
    });
  }

  it('a picture that cannot be shown is offered as a file', async () => {
    const element = await stage(item({ id: 'broken.mp4' }));
    await until(() => textOf(element).includes('This image can’t be shown here'));
    assert.match(find<HTMLAnchorElement>(element, 'a').search, /download=1/);
  });

  it('a file that is not there is said to be gone, and is not offered', async () => {
    const element = await stage(item({ id: 'missing.webp' }));
    await until(() => textOf(element).includes('The file is not there any more'));
    assert.equal(element.renderRoot.querySelector('a'), null);
  });

  it('a picture is zoomed by the wheel where the pointer is, and by keys; another one is whole again', async () => {
    const element = await stage(item({ width: 1600, height: 800 }));
    const { left, top, width, height } = element.getBoundingClientRect();
    const at = { clientX: left + width / 2 + 100, clientY: top + height / 2 };
    element.dispatchEvent(new WheelEvent('wheel', { deltaY: -400, cancelable: true, ...at }));
    await element.updateComplete;
    assert.equal(element.zoomed, true);
    const shot = find(element, '.shot').getBoundingClientRect();
    assert.isAbove(shot.width, 1600);
    assert.isBelow(shot.left + shot.width / 2, left + width / 2, 'it went to the left of the pointer');
    assert.equal(element.pan(0, 0), true);
    assert.equal(element.whole(), true);
    await element.updateComplete;
    assert.equal(element.zoomed, false);
    element.zoom('toggle');
    await element.updateComplete;
    assert.equal(element.zoomed, true);
    element.item = item({ id: 'beach.webp' });
    await element.updateComplete;
    assert.equal(element.zoomed, false);
  });

  it('two fingers that part zoom, and one moves what is zoomed', async () => {
    const element = await stage(item({ width: 1600, height: 800 }));
    const { left, top, width, height } = element.getBoundingClientRect();
    const finger = (type: string, pointerId: number, x: number): void => {
      const place = { clientX: left + width / 2 + x, clientY: top + height / 2 };
      element.dispatchEvent(
        new PointerEvent(type, { pointerId, pointerType: 'touch', bubbles: true, composed: true, ...place }),
      );
    };
    finger('pointerdown', 1, -50);
    finger('pointerdown', 2, 50);
    finger('pointermove', 2, 150);
    await element.updateComplete;
    const zoomed = find(element, '.shot').getBoundingClientRect();
    assert.isAtMost(Math.abs(zoomed.width - 1600), 2);
    finger('pointerup', 2, 150);
    finger('pointermove', 1, -80);
    await element.updateComplete;
    assert.isAtMost(Math.abs(find(element, '.shot').getBoundingClientRect().left - zoomed.left + 30), 1);
    finger('pointerup', 1, -80);
  });

  it('a film cannot be zoomed: the wheel is the page’s', async () => {
    const element = await stage(film({ id: 'clip.mp4' }));
    const wheel = new WheelEvent('wheel', { deltaY: -400, cancelable: true });
    element.dispatchEvent(wheel);
    assert.deepEqual([wheel.defaultPrevented, element.zoomed], [false, false]);
  });
});
