import { expect, test, type Workbench } from './page.ts';

/** Frame numbers on the two canvases. */
async function frames(workbench: Workbench): Promise<[number, number]> {
  const [query, reference] = await workbench.page
    .locator('canvas:not(.veil)')
    .evaluateAll((canvases) => canvases.map((canvas) => Number((canvas as HTMLCanvasElement).dataset['frame'])));
  return [query ?? -1, reference ?? -1];
}

test('a match opens with both items at the aligned frames', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches');
  await page.getByRole('link', { name: 'Compare' }).first().click();
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await expect(page.getByTestId('pane').nth(0)).toContainText('city-repost.mp4');
  await expect(page.getByTestId('pane').nth(1)).toContainText('cityCC0.mpg');

  // The repost holds frames 25 to 174 of the original: 40 ms each, some lasting longer.
  const [query, reference] = await frames(workbench);
  expect(reference - query).toBeGreaterThanOrEqual(22);
  expect(reference - query).toBeLessThanOrEqual(28);
});

test('one playhead moves both, and each pane moves alone by a frame', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches/M1');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  const [query, reference] = await frames(workbench);
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('.');
  await workbench.showsFrame(query + 5, 0);
  await expect.poll(async () => (await frames(workbench))[1]).toBeGreaterThan(reference + 3);

  const before = await frames(workbench);
  await page.getByRole('button', { name: 'cityCC0.mpg: one frame on' }).click();
  await workbench.showsFrame(before[1] + 1, 1);
  expect((await frames(workbench))[0]).toBe(before[0]);
  await expect(page.getByText('offset +1')).toBeVisible();

  await page.getByRole('button', { name: 'city-repost.mp4: one frame back' }).click();
  await workbench.showsFrame(before[0] - 1, 0);
  expect((await frames(workbench))[1]).toBe(before[1] + 1);

  await page.getByRole('button', { name: 'Align again' }).click();
  await expect(page.getByText(/^offset/)).toHaveCount(0);
});

test('a pane leads to its item at the frame on show', async ({ workbench }) => {
  await workbench.open('#/matches/M1');
  await expect(workbench.page.locator('canvas[data-frame]')).toHaveCount(2);
  const [, reference] = await frames(workbench);
  await workbench.page.getByRole('link', { name: 'Open this frame' }).nth(1).click();
  await expect(workbench.page).toHaveURL(new RegExp(`items/2\\?frame=${reference}$`));
  await workbench.showsFrame(reference);
});

test('playing moves both, and at rest both show the aligned exact frames', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches/M1');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  const before = await frames(workbench);
  await page.keyboard.press('Space');
  for (const pane of [0, 1]) {
    await expect(page.locator('canvas:not(.veil)').nth(pane)).toHaveAttribute('data-exact', 'false');
    await expect(page.getByTestId('picture-kind').nth(pane)).toHaveText('Watching: reduced picture of frame');
  }
  await expect.poll(async () => (await frames(workbench))[1]).toBeGreaterThan(before[1] + 15);
  await page.keyboard.press('k');
  for (const pane of [0, 1]) {
    await expect(page.locator('canvas:not(.veil)').nth(pane)).toHaveAttribute('data-exact', 'true');
    await expect(page.getByTestId('picture-kind').nth(pane)).toHaveText('Exact frame');
  }
  const after = await frames(workbench);
  expect(after[0]).toBeGreaterThan(before[0] + 5);
  // Back to where the reference stood: what playing left there is what stepping leads to.
  await page.keyboard.press(',');
  await workbench.showsFrame(after[0] - 1, 0);
  await page.keyboard.press('.');
  await workbench.showsFrame(after[0], 0);
  await workbench.showsFrame(after[1], 1);
});

test('a reviewer confirms and rejects beside the pictures, by key and button, and takes it back', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches/M1');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  const review = page.getByRole('region', { name: 'Review' });
  await page.keyboard.press('y');
  await expect(review.getByRole('status')).toHaveText('Recorded: confirmed.');
  await expect(review.locator('.pill')).toHaveText('confirmed');

  // Keys rest while somebody types.
  await review.getByLabel('Note').pressSequentially('try other towers');
  await expect(review.locator('.pill')).toHaveText('confirmed');
  await review.getByRole('button', { name: 'Not the same' }).click();
  await expect(review.locator('.pill')).toHaveText('rejected');
  await expect(review).toContainText('try other towers');

  await workbench.goTo('#/matches');
  await expect(page.getByText('No footage of one item was found in another.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Show rejected ones' }).check();
  await expect(page.getByRole('listitem').filter({ hasText: 'M1' })).toContainText('rejected');
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await page.keyboard.press('t');
  await expect(review.locator('.pill')).toHaveText('not reviewed');
  await review.getByText('What reviewers said').click();
  await expect(review.getByRole('listitem')).toHaveCount(2);
});

test('what lies over one of the two is looked for on demand', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches/M1');
  await page.getByRole('button', { name: 'What lies over it?' }).click();
  await expect(page.getByText(/Nothing lies over either throughout \(\d+ pairs of frames compared\)/)).toBeVisible();
});
