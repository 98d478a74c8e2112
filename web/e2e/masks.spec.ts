import type { Page } from '@playwright/test';
import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

/** Somebody who must be masked on frames 3 to 8. */
function entered(folder: string): void {
  run(folder, 'person', 'add', 'boy in a striped shirt', '--role', 'minor');
  run(folder, 'person', 'appears', 'P1', '#1', '--frame', '3', '--to', '8');
}
const card = (page: Page, number: string) => page.getByRole('article', { name: number, exact: true });
const owed = (page: Page) => page.getByRole('region', { name: 'What is owed' });

/** Presses from the corner at one share of the picture to that at another. */
async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const box = await page.locator('canvas:not(.veil)').first().boundingBox();
  if (!box) throw new Error('there is no picture');
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`in ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    test('what is owed is masked, confirmed, rendered and found clean, by keyboard', async ({ workbench }) => {
      const { page } = workbench;
      await withCase(['odd/rotated.mp4'], async (served, folder) => {
        entered(folder);
        await workbench.open('#/items/1?panel=masks', served.address);
        await workbench.showsFrame(0);
        await expect(owed(page)).toContainText('P1 (minor) is not masked');
        await passesAxe(workbench, 'what is owed');
        await workbench.tabTo(/^Mask it$/);
        await page.keyboard.press('Enter');
        await workbench.showsFrame(3);
        await expect(page.getByRole('checkbox', { name: /^P1 / })).toBeChecked();
        await workbench.tabTo(/^Draw a box$/);
        await page.keyboard.press('Enter');
        await workbench.tabTo(/^Keep the region on frame 3$/);
        await page.keyboard.press('Enter');
        await passesAxe(workbench, 'drawing a mask');
        await page.locator('[role="slider"]').focus();
        for (let step = 0; step < 5; step += 1) await page.keyboard.press('.');
        await workbench.showsFrame(8);
        await page.getByLabel('Left').fill('10');
        await page.getByLabel('Left').press('Tab');
        await page.getByRole('button', { name: 'Keep the region on frame 8' }).press('Enter');
        // Between the two it lies in proportion, and the picture shows where.
        await page.locator('[role="slider"]').focus();
        await page.keyboard.press(',');
        await workbench.showsFrame(7);
        await expect(page.locator('svg rect.mask')).toHaveCount(1);
        await page.getByLabel('Reason', { exact: true }).focus();
        await page.keyboard.type('the boy');
        await page.keyboard.press('Enter');
        await expect(card(page, 'X1')).toContainText('proposed');
        await expect(owed(page)).toContainText('Nobody has confirmed X1');
        await expect(owed(page)).not.toContainText('is not masked');

        await card(page, 'X1').getByText('Confirm X1…').focus();
        await page.keyboard.press('Enter');
        await workbench.tabTo(/^I looked at it/);
        await page.keyboard.press('Space');
        await workbench.tabTo(/^Confirm$/);
        await page.keyboard.press('Enter');
        await expect(card(page, 'X1')).toContainText('confirmed by desk');
        await expect(owed(page)).toContainText('Nothing is owed');
        await workbench.tabTo(/^Render a copy$/);
        await page.keyboard.press('Enter');
        const copy = page.getByRole('listitem').filter({ hasText: 'Y1' });
        await expect(copy).toContainText('nothing leaks', { timeout: 120_000 });
        await expect(copy).toContainText('with the masks that stand');
        await expect(copy.getByRole('link', { name: 'Save the copy' })).toHaveAttribute('href', '/api/renderings/Y1/file');
        await expect(copy).toContainText(/exiftool \S+ (read it too|did not read it)/);
        await workbench.tabTo(/^Look at Y1 again$/);
        await page.keyboard.press('Enter');
        await expect(copy).toContainText('Looked at just now, as it is kept.', { timeout: 120_000 });
        await expect(copy).toContainText('nothing leaks');
        await passesAxe(workbench, 'a masked copy');
        // As a lane of the timeline, and over the picture.
        await expect(page.locator('.mark.mask.confirmed')).toHaveCount(1);
        await page.getByLabel('Cover what the masks lie on').press('Space');
        await expect(page.locator('svg rect.solid')).toHaveCount(1);
      });
    });
  });
}

test('boxes, ellipses and polygons are drawn with the mouse; what can be undone says so', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served) => {
    await workbench.open('#/items/1?frame=4&panel=masks', served.address);
    await workbench.showsFrame(4);
    await page.getByRole('button', { name: '+ Mask' }).click();
    await page.getByLabel('Shape').selectOption('ellipse');
    await page.getByLabel('What is put there').selectOption('blur');
    await expect(page.getByText('Only a solid mask hides for good.')).toBeVisible();
    await page.getByRole('button', { name: 'Draw an ellipse' }).click();
    await drag(page, [0.2, 0.2], [0.6, 0.6]);
    await expect(page.locator('svg ellipse.drawn')).toHaveCount(1);
    await page.getByLabel('Reason', { exact: true }).fill('a plate');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(card(page, 'X1')).toContainText('ellipse, blurred');
    await expect(owed(page)).toContainText('X1 can be undone');

    await page.getByRole('button', { name: '+ Mask' }).click();
    await page.getByLabel('Shape').selectOption('polygon');
    await page.getByRole('button', { name: 'Draw a polygon' }).click();
    for (const corner of [[0.2, 0.2], [0.7, 0.3], [0.4, 0.8]] as const) await drag(page, corner, corner);
    await page.keyboard.press('Escape');
    await expect(page.locator('svg circle.corner')).toHaveCount(3);
    await page.getByLabel('Reason', { exact: true }).fill('a sign');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(card(page, 'X2')).toContainText('polygon, solid');

    await card(page, 'X1').getByRole('button', { name: 'Revise X1' }).click();
    await page.getByLabel('What is put there').selectOption('solid');
    await page.getByLabel('Reason', { exact: true }).fill('for good');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(card(page, 'X3')).toContainText('ellipse, solid');
    await page.getByText('1 former mask').click();
    await expect(card(page, 'X1')).toContainText('revised by X3');
    await card(page, 'X2').getByText('Withdraw X2…').click();
    await card(page, 'X2').getByLabel('Why').fill('not needed');
    await card(page, 'X2').getByRole('button', { name: 'Withdraw', exact: true }).click();
    await expect(page.getByText('2 former masks')).toBeVisible();
  });
});

test('a voice that is owed is masked where it is heard', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['clips/bigbuckbunny.mp4'], async (served, folder) => {
    run(folder, 'person', 'add', 'woman off camera', '--role', 'witness');
    run(folder, 'claim', 'add', '#1', 'It was yesterday', '--relation', 'in', '--by', 'P1', '--frame', '3', '--to', '9');
    await workbench.open('#/items/1?panel=masks', served.address);
    await workbench.showsFrame(0);
    await expect(owed(page)).toContainText('P1 (witness) can be heard');
    await passesAxe(workbench, 'a voice that is owed');
    await workbench.tabTo(/^Mask the voice$/);
    await page.keyboard.press('Enter');
    await workbench.showsFrame(3);
    await page.getByLabel('Reason', { exact: true }).focus();
    await page.keyboard.type('her voice');
    await page.keyboard.press('Enter');
    await expect(card(page, 'X1')).toContainText('proposed');
    await expect(owed(page)).not.toContainText('can be heard');
  });
});

test('a box is followed, and a rendering can be cancelled', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['clips/city-repost.mp4'], async (served, folder) => {
    const entries = () => run(folder, 'log', '--json').toString().trim().split('\n').length;
    await workbench.open('#/items/1?frame=10&panel=masks', served.address);
    await workbench.showsFrame(10);
    for (const key of ['i', '.', '.', '.', '.', 'o']) await page.keyboard.press(key);
    await workbench.showsFrame(14);
    await page.getByRole('button', { name: '+ Mask' }).click();
    await page.getByRole('button', { name: 'Draw a box' }).click();
    await page.getByLabel('Reason', { exact: true }).fill('a sign');
    await page.getByRole('button', { name: 'Follow this box, forward and back' }).click();
    await expect(card(page, 'X1')).toContainText('proposed by', { timeout: 120_000 });
    const before = entries();
    await page.getByRole('button', { name: 'Render a copy' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Cancelled: nothing is left of it.')).toBeVisible();
    await expect(page.getByText('No copy was rendered yet.')).toBeVisible();
    expect(entries()).toBe(before);
  });
});

test('an earlier state shows its masks and lets nobody draw', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    run(folder, 'mask', 'draw', '#1', '--frame', '3', '--region', '10,10,40,40', '--reason', 'face');
    const { entry } = JSON.parse(run(folder, 'show', 'X1', '--json').toString()) as { entry: number };
    run(folder, 'mask', 'withdraw', 'X1', '--reason', 'mistaken');
    await workbench.open('#/', served.address);
    await page.goto(new URL(`/?as_of=${entry}#/items/1?panel=masks`, page.url()).href);
    await workbench.showsFrame(0);
    await expect(card(page, 'X1')).toContainText('proposed');
    await expect(page.getByText('No copy was rendered yet.')).toBeVisible();
    // What is still read when the server ends would be a complaint.
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('button', { name: /Mask|Revise|Render/ })).toHaveCount(0);
  });
});
