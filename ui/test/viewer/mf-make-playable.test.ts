import { assert } from 'chai';
import { html } from 'lit';
import type { MediaItem, RenditionState } from '../../src/api/types.ts';
import { withRendition } from '../../src/state/with-rendition.rules.ts';
import '../../src/viewer/mf-stage.ts';
import type { MfStage } from '../../src/viewer/mf-stage.ts';
import { film, post } from '../helpers/data.ts';
import { eventOf, find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const state = (over: Partial<RenditionState> = {}): RenditionState => ({
  id: 'p',
  index: 0,
  status: 'queued',
  progress: 0,
  ahead: 0,
  asked: true,
  heldReason: null,
  errorCode: null,
  rendition: null,
  ...over,
});

interface Answers {
  /** Before anybody presses the button. */
  readonly before?: RenditionState | null | (() => RenditionState | null);
  /** A form that the film has already. */
  readonly rendition?: MediaItem['rendition'];
  readonly ask?: () => RenditionState;
  readonly cancel?: () => RenditionState | Promise<RenditionState>;
}

/** A film that the browser cannot play, with what is offered in its place. */
async function open({ before = null, ask = () => state(), cancel = ask, rendition = null }: Answers = {}) {
  const services = new FakeServices({
    RenditionState: () => ({ renditionState: typeof before === 'function' ? before() : before }),
    MakePlayable: () => ({ makePlayable: ask() }),
    CancelPlayable: async () => ({ cancelPlayable: await cancel() }),
  });
  const stage = await mountIn<MfStage>(
    services,
    html`<mf-stage
      style="inline-size: 400px; block-size: 600px"
      .item=${film({ id: 'broken.mp4', rendition })}
      .postId=${'p'}
    ></mf-stage>`,
  );
  await until(() => stage.player?.renderRoot.querySelector('mf-make-playable')?.hasUpdated === true);
  const offer = stage.player?.renderRoot.querySelector('mf-make-playable');
  if (!offer) throw new Error('nothing is offered');
  const tell = (over: Partial<RenditionState>): void => {
    services.connection.dispatchEvent(new CustomEvent('rendition', { detail: state(over) }));
  };
  return { services, stage, offer, tell };
}

describe('mf-make-playable', () => {
  afterEach(unmount);

  it('offers it beside the original, asks once, and tells how it stands until it plays', async () => {
    const { services, stage, offer, tell } = await open({ ask: () => state({ ahead: 2 }) });
    assert.include(textOf(stage), 'This file can’t be played here');
    assert.include(textOf(stage), 'Download original');
    const button = find<HTMLButtonElement>(offer, 'button');
    assert.include(textOf(button), 'Make playable');
    button.click();
    await offer.updateComplete;
    assert.equal(button.disabled, true, 'a second press asks nothing');
    await until(() => textOf(offer).includes('Waiting, 2 videos are before it.'));
    assert.deepEqual(services.of('MakePlayable'), [{ id: 'p', index: 0 }]);
    tell({ id: 'another', status: 'failed' });
    tell({ status: 'running', progress: 41.6 });
    await until(() => offer.renderRoot.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') === '42');
    assert.include(textOf(offer), 'Making it playable');
    assert.notInclude(find(offer, '[role=status]').textContent, '%', 'a screen reader is spared the numbers');
    const playable = eventOf<RenditionState>(stage, 'mf-playable');
    tell({ status: 'ready', rendition: { id: 'clip.mp4', mime: 'video/mp4', size: 1 } });
    const { rendition } = (await playable).detail;
    stage.item = film({ id: 'broken.mp4', rendition });
    await until(() => (stage.player?.renderRoot.querySelector('video')?.videoWidth ?? 0) > 0);
    assert.equal(stage.player?.renderRoot.querySelector('[role=alert]'), null);
    assert.match(stage.player?.download ?? '', /broken\.mp4/, 'the original is still what is downloaded');
  });

  it('what was asked for before goes on being told', async () => {
    const { offer } = await open({ before: state({ status: 'running', progress: 10 }) });
    await until(() => textOf(offer).includes('Making it playable'));
    assert.notInclude(textOf(offer), 'Make playable');
  });

  it('is offered again when what was under way is no more', async () => {
    let now: RenditionState | null = state({ status: 'running' });
    const { offer, tell } = await open({ before: () => now });
    await until(() => textOf(offer).includes('Making it playable'));
    now = null;
    offer.lookEvery = 1;
    tell({ status: 'running', progress: 1 });
    await until(() => textOf(offer).includes('Make playable'));
  });

  it('looks again when the first look had no answer', async () => {
    let looks = 0;
    const { offer } = await open({
      before: () => {
        looks += 1;
        if (looks === 1) throw new Error('not now');
        return state({ status: 'running' });
      },
    });
    await until(() => textOf(offer).includes('Making it playable'));
  });

  it('a form whose file is lost gives way to the original, and can be made again', async () => {
    const lost = { id: 'nothing.mp4', mime: 'video/mp4', size: 1 };
    const { stage, offer } = await open({ rendition: lost });
    assert.include(textOf(offer), 'Make playable');
    stage.item = film({ id: 'clip.mp4', rendition: lost });
    await until(() => (stage.player?.renderRoot.querySelector('video')?.videoWidth ?? 0) > 0);
  });

  for (const [code, sentence] of [
    ['MF_ERR_DISK_FULL', 'free some space'],
    ['MF_ERR_UNSUPPORTED', 'switch on “H.264 video”'],
    ['MF_ERR_NEVER_HEARD_OF', 'The original is untouched'],
  ] as const) {
    it(`${code} says what helps, and lets one try again`, async () => {
      const { offer } = await open({ before: state({ status: 'failed', errorCode: code }) });
      await until(() => textOf(offer).includes(sentence));
      find<HTMLButtonElement>(offer, 'button').click();
      await until(() => textOf(offer).includes('It is next in the queue.'));
    });
  }

  for (const [heldReason, sentence] of [
    ['MF_ERR_UNAVAILABLE', 'No worker is there'],
    ['MF_ERR_DISK_FULL', 'The media folder is full'],
    ['MF_ERR_MOUNT_MISSING', 'The media folder is not there'],
    ['MF_ERR_NEVER_HEARD_OF', 'Waiting, 2 videos are before it.'],
  ] as const)
    it(`says what it waits for: ${heldReason}`, async () => {
      const { offer } = await open({ before: state({ heldReason, ahead: 2 }) });
      await until(() => textOf(offer).includes(sentence));
    });

  it('can be cancelled while it waits and while it runs, by who waits for it; then it is offered again', async () => {
    for (const status of ['queued', 'running'] as const) {
      const { services, offer } = await open({
        before: state({ status }),
        cancel: () => state({ status: 'cancelled', asked: false }),
      });
      await until(() => textOf(offer).includes('Cancel'));
      find<HTMLButtonElement>(offer, 'button').click();
      await until(() => textOf(offer).includes('Make playable'));
      assert.deepEqual(services.of('CancelPlayable'), [{ id: 'p', index: 0 }]);
      const others = await open({ before: state({ status, asked: false }) });
      await until(() => textOf(others.offer).includes('It goes on when you leave.'));
      assert.notInclude(textOf(others.offer), 'Cancel');
    }
  });

  it('says that it goes on when somebody else waits for it too', async () => {
    const { offer, tell } = await open({
      before: state({ status: 'running' }),
      cancel: () => state({ status: 'running', asked: false }),
    });
    await until(() => textOf(offer).includes('Cancel'));
    find<HTMLButtonElement>(offer, 'button').click();
    await until(() => textOf(offer).includes('Somebody else waits for it too'));
    tell({ status: 'cancelled', asked: false });
    await until(() => textOf(offer).includes('Make playable'));
  });

  it('a refusal is told in words', async () => {
    const { offer } = await open({
      ask: () => {
        throw Object.assign(new Error('no'), { code: 'MF_ERR_FORBIDDEN' });
      },
    });
    find<HTMLButtonElement>(offer, 'button').click();
    await until(() => offer.renderRoot.querySelector('[role=alert]') !== null);
    assert.equal(find<HTMLButtonElement>(offer, 'button').disabled, false);
  });

  it('a cancel that was refused can be tried again, and hides no reason of what comes later', async () => {
    let refuses = true;
    const { services, offer, tell } = await open({
      before: state({ status: 'running' }),
      cancel: () => {
        if (refuses) throw new Error('not now');
        return state({ status: 'running' });
      },
    });
    await until(() => textOf(offer).includes('Cancel'));
    find<HTMLButtonElement>(offer, 'button').click();
    await until(() => offer.renderRoot.querySelector('[role=alert]') !== null);
    refuses = false;
    find<HTMLButtonElement>(offer, 'button:not([disabled])').click();
    await until(() => services.of('CancelPlayable').length === 2);
    refuses = true;
    await until(() => offer.renderRoot.querySelector('button:not([disabled])') !== null);
    find<HTMLButtonElement>(offer, 'button').click();
    await until(() => offer.renderRoot.querySelector('[role=alert]') !== null);
    tell({ status: 'failed', errorCode: 'MF_ERR_DISK_FULL' });
    await until(() => textOf(offer).includes('free some space'));
  });

  it('a refusal is of the item that it was asked for', async () => {
    let refuse: (() => void) | undefined;
    const { services, offer } = await open({
      before: state({ status: 'running' }),
      cancel: async () => new Promise((_resolve, reject) => (refuse = () => reject(new Error('no')))),
    });
    await until(() => textOf(offer).includes('Cancel'));
    find<HTMLButtonElement>(offer, 'button').click();
    await until(() => refuse !== undefined);
    offer.index = 1;
    await until(() => services.of('RenditionState').length === 2);
    const button = find<HTMLButtonElement>(offer, 'button');
    assert.equal(button.disabled, false);
    refuse?.();
    // The answer has come when a later one has.
    button.click();
    await until(() => services.of('MakePlayable').length === 1);
    await until(() => !button.disabled);
    assert.equal(offer.renderRoot.querySelector('[role=alert]'), null);
  });

  it('what somebody else shares, and what was made playable already, is not offered', async () => {
    for (const over of [{ postId: '' }, { postId: 'p', rendition: { id: 'broken.mp4', mime: 'video/mp4', size: 1 } }]) {
      const stage = await mountIn<MfStage>(
        new FakeServices(),
        html`<mf-stage
          style="inline-size: 400px; block-size: 600px"
          .item=${film({ id: 'broken.mp4', rendition: over.rendition ?? null })}
          .postId=${over.postId}
        ></mf-stage>`,
      );
      await until(() => textOf(stage).includes('This file can’t be played here'));
      assert.equal(stage.player?.renderRoot.querySelector('mf-make-playable'), null);
    }
  });
});

it('withRendition changes the one item', () => {
  const rendition = { id: 'r', mime: 'video/mp4', size: 1 };
  const value = post({ items: [film(), film({ index: 1 })] });
  assert.deepEqual(
    withRendition(value, { index: 1, rendition }).items.map((each) => each.rendition),
    [null, rendition],
  );
  assert.equal(withRendition(value, { index: 1, rendition: null }), value);
});
