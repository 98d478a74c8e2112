import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { passesAxe } from './axe.ts';
import { expect, test, type Workbench } from './page.ts';
import { init, serve } from './program.ts';

/** Each screen with what tells that it is all there. */
const SCREENS: readonly (readonly [string, string, (workbench: Workbench) => Promise<void>])[] = [
  ['library', '#/', (workbench) => expect(workbench.page.locator('main img').first()).toBeVisible()],
  ['item', '#/items/1?frame=75', (workbench) => workbench.showsFrame(75)],
  ['item without picture', '#/items/3', (workbench) => expect(workbench.page.getByText('No frame could be decoded')).toBeVisible()],
  ['item not inspected', '#/items/4', (workbench) => expect(workbench.page.getByText('has not been inspected, so')).toBeVisible()],
  ['matches', '#/matches', (workbench) => expect(workbench.page.getByRole('link', { name: 'Compare' })).toBeVisible()],
  [
    'compare',
    '#/matches/M1',
    (workbench) => expect(workbench.page.locator('canvas[data-frame]')).toHaveCount(2),
  ],
  [
    'compare by hand',
    '#/compare?a=1&b=2&frame=30&beside=60',
    (workbench) => expect(workbench.page.locator('canvas[data-frame]')).toHaveCount(2),
  ],
  ['reuse', '#/reuse', (workbench) => expect(workbench.page.getByRole('group', { name: /^Items as lanes/ })).toBeVisible()],
  ['watch list', '#/watches', (workbench) => expect(workbench.page.getByText('Nothing is watched for.')).toBeVisible()],
  ['hypotheses', '#/hypotheses', (workbench) => expect(workbench.page.getByRole('heading', { name: 'By the ratings of desk' })).toBeVisible()],
  ['sources', '#/sources', (workbench) => expect(workbench.page.getByText('answers 410 Gone')).toBeVisible()],
  ['publish', '#/publish', (workbench) => expect(workbench.page.getByText('Nothing has been drafted.')).toBeVisible()],
  ['draft', '#/publish/new', (workbench) => expect(workbench.page.getByRole('button', { name: 'Draft it' })).toBeVisible()],
  ['journal', '#/journal', (workbench) => expect(workbench.page.getByRole('cell', { name: 'case.opened', exact: true })).toBeVisible()],
  ['nowhere', '#/elsewhere', (workbench) => expect(workbench.page.getByText('There is no such page.')).toBeVisible()],
];

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`in ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    for (const [name, address, ready] of SCREENS) {
      test(`${name} has no barrier that axe finds`, async ({ workbench }) => {
        await workbench.open(address);
        await ready(workbench);
        await passesAxe(workbench, name);
      });
    }

    test('panels, forms and dialogs have no barrier that axe finds', async ({ workbench }) => {
      await workbench.openFrame(1, 75);
      for (const form of ['Observation', 'Claim', 'Assessment']) {
        await workbench.page.getByRole('button', { name: `+ ${form}` }).click();
        await expect(workbench.page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
        await passesAxe(workbench, form);
      }
      // Other tests add claims of their own to this item.
      await workbench.page.getByText('History of its status').first().click();
      await passesAxe(workbench, 'history of a claim');
      for (const panel of ['Findings', 'Matches', 'Facts', 'Structure']) {
        await workbench.page.getByRole('tab', { name: panel }).click();
        await passesAxe(workbench, panel);
      }
      for (const key of ['g', '?']) {
        await workbench.page.locator('[role="slider"]').focus();
        await workbench.page.keyboard.press(key);
        await expect(workbench.page.getByRole('dialog')).toBeVisible();
        await passesAxe(workbench, `dialog of ${key}`);
        await workbench.page.keyboard.press('Escape');
      }
    });
  });
}

test('the theme can be chosen and stays', async ({ workbench }) => {
  await workbench.open();
  const ground = () => workbench.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const before = await ground();
  await workbench.page.getByRole('button', { name: 'Light or dark' }).click();
  const after = await ground();
  expect(after).not.toBe(before);
  await workbench.page.reload();
  await expect(workbench.page.getByRole('heading', { name: 'Library' })).toBeVisible();
  expect(await ground()).toBe(after);
});

test('no screen is wider than a tablet', async ({ workbench }) => {
  await workbench.page.setViewportSize({ width: 820, height: 1180 });
  await workbench.open();
  for (const [name, address, ready] of SCREENS) {
    await workbench.goTo(address);
    await ready(workbench);
    const [wide, shown] = await workbench.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide, name).toBeLessThanOrEqual(shown ?? 0);
  }
});

test('from right to left everything is mirrored but pictures and time', async ({ workbench }) => {
  const { page } = workbench;
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.documentElement && document.documentElement.dir !== 'rtl') document.documentElement.dir = 'rtl';
    }).observe(document, { childList: true, subtree: true });
  });
  await workbench.open();
  const middle = async (locator: Locator) => {
    const box = await locator.boundingBox();
    return box ? box.x + box.width / 2 : NaN;
  };
  for (const [name, address, ready] of [...SCREENS, ['graph', '#/reuse?as=graph', (it: Workbench) => expect(it.page.getByRole('link', { name: /^M1:/ })).toBeVisible()] as const]) {
    await workbench.goTo(address);
    await ready(workbench);
    const beyond = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(beyond, name).toBeLessThanOrEqual(0);
    expect(await middle(page.getByRole('banner').getByRole('link', { name: 'Framewitness' })), `${name}: the name of the case is at the right`).toBeGreaterThan(640);
  }

  await workbench.goTo('#/items/1?frame=75');
  await workbench.showsFrame(75);
  // The panels have changed sides with the picture; what moves in time has not.
  expect(await middle(page.getByRole('complementary', { name: 'About this item' }))).toBeLessThan(await middle(page.locator('canvas').first()));
  const [back, on] = [page.getByRole('button', { name: 'One frame back' }), page.getByRole('button', { name: 'One frame on' })];
  expect(await middle(back)).toBeLessThan(await middle(on));
  const head = page.locator('.head').first();
  const before = await middle(head);
  await on.click();
  await workbench.showsFrame(76);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('canvas').first()).not.toHaveAttribute('data-frame', '76');
  await expect.poll(() => middle(head)).toBeGreaterThan(before);

  await workbench.goTo('#/sources');
  const line = page.getByRole('group', { name: 'Sources over time' });
  await expect(line).toHaveCSS('direction', 'ltr');
  await workbench.goTo('#/matches/M1');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  const step = (which: string) => page.getByRole('button', { name: which }).first();
  expect(await middle(step('city-repost.mp4: one frame back'))).toBeLessThan(await middle(step('city-repost.mp4: one frame on')));
  await passesAxe(workbench, 'right to left');
});

test('the token leaves the address, and the screen survives a reload', async ({ workbench }) => {
  await workbench.open();
  expect(workbench.page.url()).not.toContain('token');
  await workbench.goTo('#/items/1?frame=30');
  await workbench.showsFrame(30);
  await workbench.page.keyboard.press('.');
  await workbench.showsFrame(31);
  await expect(workbench.page).toHaveURL(/frame=31$/);
  await workbench.page.reload();
  await workbench.showsFrame(31);
});

test('the journal verifies the case', async ({ workbench }) => {
  await workbench.open('#/journal');
  await workbench.page.getByRole('button', { name: 'Verify' }).click();
  await expect(workbench.page.getByText(/Sound: \d+ preserved files and \d+ entries checked/)).toBeVisible();
});

test('an empty case says what to do', async ({ workbench }) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'framewitness-empty-')), 'case');
  init(folder, 'Empty');
  const served = await serve(folder);
  try {
    await workbench.open('#/', served.address);
    await expect(workbench.page.getByText('framewitness add FILE')).toBeVisible();
    await passesAxe(workbench, 'empty library');
    await workbench.goTo('#/matches');
    await expect(workbench.page.getByText('No footage of one item was found in another.')).toBeVisible();
    await workbench.goTo('#/sources');
    await expect(workbench.page.getByText('No source has been entered.')).toBeVisible();
  } finally {
    await served.stop();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }
});

test('a stranger is told how to come in', async ({ workbench }) => {
  const { origin } = new URL(process.env['ADDRESS'] ?? '');
  for (const [fragment, text] of [
    ['', 'framewitness serve'],
    ['#token=0123456789abcdef', 'not, or no longer, valid'],
  ] as const) {
    await workbench.page.goto('about:blank');
    await workbench.page.goto(`${origin}/${fragment}`);
    await expect(workbench.page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible();
    await expect(workbench.page.getByText(text).first()).toBeVisible();
    expect(workbench.page.url()).not.toContain('token');
    await passesAxe(workbench, 'sign in');
  }
  // The browser itself reports the refused request, which is what was asked for here.
  workbench.complaints.splice(0, Infinity, ...workbench.complaints.filter((text) => !text.includes('401')));
});
