import { expect, test } from './page.ts';

test('go to finds frames, times and timestamps, and refuses the rest', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(2, 0);
  const goTo = async (text: string) => {
    await page.keyboard.press('g');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  await goTo('37');
  await workbench.showsFrame(37);
  await goTo('0s');
  await workbench.showsFrame(0);
  await goTo('4s');
  const shown = async () => Number(await page.locator('canvas:not(.veil)').getAttribute('data-frame'));
  await expect.poll(shown).toBeGreaterThan(90);
  const frame = await shown();
  await goTo('0');
  await workbench.showsFrame(0);
  await goTo('0:04.0');
  await workbench.showsFrame(frame);

  await goTo('99999');
  await expect(page.getByRole('alert')).toContainText('Outside this item');
  await page.keyboard.press('Escape');
  await goTo('nonsense');
  await expect(page.getByRole('alert')).toContainText('no frame number');
  await page.keyboard.press('Escape');
  await workbench.showsFrame(frame);
});

test('arrows move by time, Home and End to the ends', async ({ workbench }) => {
  await workbench.openFrame(2, 0);
  await workbench.page.keyboard.press('ArrowRight');
  await expect(workbench.page.locator('canvas:not(.veil)')).not.toHaveAttribute('data-frame', '0');
  const frame = Number(await workbench.page.locator('canvas:not(.veil)').getAttribute('data-frame'));
  expect(frame).toBeGreaterThan(20);
  expect(frame).toBeLessThan(32);
  await workbench.page.keyboard.press('Shift+ArrowLeft');
  await expect(workbench.page.locator('canvas:not(.veil)')).not.toHaveAttribute('data-frame', String(frame));
  await workbench.page.keyboard.press('End');
  await expect(workbench.page.getByRole('slider')).toHaveAttribute('aria-valuenow', '189');
  await workbench.page.keyboard.press('Home');
  await workbench.showsFrame(0);
});

test('marks are set, shown and cleared', async ({ workbench }) => {
  await workbench.openFrame(1, 10);
  await workbench.page.keyboard.press('i');
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.press('o');
  await expect(workbench.page.getByText('In 10 · out 124')).toBeVisible();
  await workbench.page.getByRole('button', { name: 'Clear marks' }).click();
  await expect(workbench.page.getByText('In 10')).toHaveCount(0);
});

test('a media fragment opens at its time with the span marked', async ({ workbench }) => {
  await workbench.open('#/items/2?t=2,4');
  await expect(workbench.page.getByText(/^In \d+ · out \d+$/)).toBeVisible();
  const frame = Number(await workbench.page.locator('canvas[data-frame]').getAttribute('data-frame'));
  expect(frame).toBeGreaterThan(40);
  expect(frame).toBeLessThan(65);
});

test('keys rest while somebody types', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 30);
  await page.keyboard.press('n');
  await page.keyboard.type('k.,vbgio[]? c');
  await expect(page.getByLabel('What do you see?')).toHaveValue('k.,vbgio[]? c');
  await workbench.showsFrame(30);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Show colour' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('.');
  await workbench.showsFrame(31);
});

test('the list of keys opens with ? and can switch single keys off', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 30);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('one frame back');
  await page.getByLabel('Single-key shortcuts').uncheck();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('.');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await workbench.showsFrame(30);
  await page.getByRole('button', { name: 'Keys' }).click();
  await page.getByLabel('Single-key shortcuts').check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('.');
  await workbench.showsFrame(31);
});

test('the timeline moves by pointer', async ({ workbench }) => {
  await workbench.openFrame(1, 0);
  const box = await workbench.page.getByRole('slider').boundingBox();
  if (!box) throw new Error('there is no timeline');
  await workbench.page.mouse.click(box.x + box.width / 2, box.y + box.height - 6);
  await expect(workbench.page.locator('canvas:not(.veil)')).not.toHaveAttribute('data-frame', '0');
});

test('the address of a frame that is waited for stands, so that a reload comes to it', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 76);
  let arrive = () => {};
  const held = new Promise<void>((done) => (arrive = done));
  await page.route(/\/api\/items\/1\/(pixels\/30|frames\/30\.png)$/, async (route) => {
    await held;
    await route.continue();
  });
  await workbench.goTo('#/items/1?frame=30');
  await page.waitForTimeout(900);
  expect(page.url()).toContain('frame=30');
  arrive();
  await workbench.showsFrame(30);
  expect(page.url()).toContain('frame=30');
});

test('a pointer that drags along the timeline sees the frame where it rests, before it lets go', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 0);
  const timeline = page.getByRole('slider', { name: 'Position' });
  const box = await timeline.boundingBox();
  if (!box) throw new Error('there is no timeline');
  const row = box.y + box.height - 6;
  await page.mouse.move(box.x + box.width * 0.1, row);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, row, { steps: 12 });
  const aim = timeline.locator('.aim');
  await expect(aim).toHaveText(/^frame \d+, 00:0/);
  const frame = Number(/frame (\d+)/.exec((await aim.textContent()) ?? '')?.[1]);
  expect(frame).toBeGreaterThan(12);
  await workbench.showsFrame(frame);
  await expect(timeline).toHaveAttribute('aria-valuenow', String(frame));
  await page.mouse.up();
  await expect(aim).toHaveCount(0);
  await workbench.showsFrame(frame);
});

test('a pointer that rests on the timeline has its frame decoded before it clicks', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 0);
  const timeline = page.getByRole('slider', { name: 'Position' });
  const box = await timeline.boundingBox();
  if (!box) throw new Error('there is no timeline');
  const came = page.waitForResponse(/\/(pixels|frames)\/\d+/);
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height - 6);
  const aim = timeline.locator('.aim');
  await expect(aim).toHaveText(/^frame \d+, 00:0/);
  const frame = Number(/frame (\d+)/.exec((await aim.textContent()) ?? '')?.[1]);
  expect((await came).url()).toMatch(new RegExp(`/(pixels|frames)/${frame}(.png)?$`));
  // Nothing is shown before somebody asks for it.
  await workbench.showsFrame(0);
  await page.keyboard.press('.');
  await workbench.showsFrame(1);
  await expect(aim).toHaveCount(0);
  await page.mouse.down();
  await page.mouse.up();
  await workbench.showsFrame(frame);
});

test('C saves the still that the server serves', async ({ workbench }) => {
  await workbench.openFrame(1, 12);
  const download = workbench.page.waitForEvent('download');
  await workbench.page.keyboard.press('c');
  expect((await download).suggestedFilename()).toBe('city-repost.mp4.frame-12.png');
});

test('the report of an item can be taken away', async ({ workbench }) => {
  await workbench.openFrame(1, 0);
  const download = workbench.page.waitForEvent('download');
  await workbench.page.getByRole('link', { name: 'Report' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.html$/);
  const paper = workbench.page.waitForEvent('download');
  await workbench.page.getByRole('link', { name: 'PDF' }).click();
  expect((await paper).suggestedFilename()).toBe('report-1.pdf');
});
