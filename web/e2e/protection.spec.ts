import { ALONE, looks } from './looks.ts';
import { expect, test } from './page.ts';

test('a picture is grey and blurred until two separate acts lift it', async ({ workbench }) => {
  await workbench.openFrame(2, 30);
  await workbench.page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
  }, ALONE);
  const canvas = workbench.page.locator('canvas:not(.veil)');
  const first = await looks(canvas);
  expect(first.chroma).toBe(0);

  await canvas.hover({ force: true });
  expect(await looks(canvas)).toEqual(first);

  await workbench.page.keyboard.press('b');
  const sharp = await looks(canvas);
  expect(sharp.chroma).toBe(0);
  expect(sharp.detail).toBeGreaterThan(4 * first.detail);

  await workbench.page.keyboard.press('b');
  await workbench.page.keyboard.press('v');
  const coloured = await looks(canvas);
  expect(coloured.chroma).toBeGreaterThan(20);
  expect(coloured.detail).toBeLessThan(sharp.detail / 2);

  await workbench.page.keyboard.press('b');
  const bare = await looks(canvas);
  expect(bare.chroma).toBeGreaterThan(20);
  expect(bare.detail).toBeGreaterThan(sharp.detail / 2);
});

test('what was lifted for one item stays lifted for that item alone', async ({ workbench }) => {
  await workbench.openFrame(1, 10);
  await workbench.page.keyboard.press('v');
  await expect(workbench.page.getByRole('button', { name: 'Back to grey' })).toBeVisible();
  await workbench.goTo('#/items/2?frame=0');
  await workbench.showsFrame(0);
  await expect(workbench.page.getByRole('button', { name: 'Show colour' })).toBeVisible();
  await workbench.goTo('#/items/1?frame=11');
  await workbench.showsFrame(11);
  await expect(workbench.page.getByRole('button', { name: 'Back to grey' })).toBeVisible();
});

test('the two pictures of a match are grey and blurred', async ({ workbench }) => {
  await workbench.open('#/matches/M1');
  await expect(workbench.page.locator('canvas[data-frame]')).toHaveCount(2);
  for (const canvas of await workbench.page.locator('canvas:not(.veil)').all()) {
    await expect(canvas).toHaveCSS('filter', /grayscale\(1\) blur\(/);
  }
});

test('thumbnails have no colour and no more than 160 pixels', async ({ workbench }) => {
  await workbench.open();
  for (const thumbnail of await workbench.page.locator('main img').all()) {
    await expect.poll(() => thumbnail.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    expect(await thumbnail.evaluate((image: HTMLImageElement) => Math.max(image.naturalWidth, image.naturalHeight))).toBeLessThanOrEqual(160);
    expect((await looks(thumbnail)).chroma).toBe(0);
  }
});

test('no sound is ever started', async ({ workbench }) => {
  await workbench.page.addInitScript(() => {
    const Real = AudioContext;
    Object.assign(window, {
      AudioContext: class extends Real {
        constructor() {
          super();
          console.error('an audio context was started');
        }
      },
    });
  });
  await workbench.openFrame(1, 0);
  await workbench.page.keyboard.press('m');
  await workbench.page.keyboard.press('Space');
  await expect(workbench.page.locator('audio, video')).toHaveCount(0);
});
