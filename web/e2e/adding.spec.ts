import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { passesAxe } from './axe.ts';
import { dropped } from './dropping.ts';
import { expect, test } from './page.ts';
import { fixture, longClip, run, withCase } from './program.ts';

const row = (page: Page, name: string) => page.getByRole('list', { name: 'Files on their way in' }).getByRole('listitem').filter({ hasText: name });

test('files and folders that are dropped are preserved, inspected and compared', async ({ workbench }) => {
  const { page } = workbench;
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-drop-'));
  const phone = join(folder, 'phone');
  mkdirSync(join(phone, 'more'), { recursive: true });
  copyFileSync(fixture('clips/city-repost.mp4'), join(phone, 'repost.mp4'));
  copyFileSync(fixture('odd/rotated.mp4'), join(phone, 'more', 'rotated.mp4'));
  copyFileSync(fixture('clips/city-repost.mp4'), join(folder, 'the same.mp4'));
  try {
    await withCase([], async (served, theCase) => {
      await workbench.open('#/', served.address);
      await expect(page.getByText('Nothing is preserved in this case yet.')).toBeVisible();
      await passesAxe(workbench, 'an empty library');
      await page.getByText('What you know of how you got them').click();
      await page.getByLabel('Note').fill('from her phone');
      await dropped(page, [fixture('clips/cityCC0.mpg'), phone, join(folder, 'the same.mp4')]);
      await expect(row(page, 'cityCC0.mpg')).toContainText('preserved as #1');
      await expect(row(page, 'phone/more/rotated.mp4')).toContainText('preserved as #2');
      await expect(row(page, 'phone/repost.mp4')).toContainText('preserved as #3');
      await expect(row(page, 'the same.mp4')).toContainText('already #3: one more acquisition');
      await expect(page.getByText('All files are through.')).toBeVisible();

      // The cards come by themselves, and say what was found when it is.
      const card = page.getByRole('link', { name: /#3 repost\.mp4/ });
      await expect(card).toContainText('1 match');
      await expect(page.getByRole('link', { name: /#2 rotated\.mp4/ })).toContainText('frames');
      await page.getByRole('button', { name: 'Work is done' }).click();
      const work = page.getByRole('region', { name: 'Work' });
      await expect(work.getByRole('listitem').filter({ hasText: 'Inspection: #1 cityCC0.mpg' })).toContainText('190 frames, 1 finding');
      await expect(work.getByRole('listitem').filter({ hasText: 'Search for its footage: #2 rotated.mp4' })).toContainText('no footage in common');
      await passesAxe(workbench, 'files on their way, and work');
      await work.getByRole('button', { name: 'Clear: Inspection of #1' }).click();
      await expect(work.getByText('Inspection: #1 cityCC0.mpg')).toHaveCount(0);
      await page.keyboard.press('Escape');
      await expect(work).toHaveCount(0);

      // A search alone, of what was inspected before.
      await workbench.goTo('#/matches?item=2');
      await page.getByRole('button', { name: 'Look for its footage' }).press('Enter');
      await expect(page.getByRole('group', { name: 'Search for its footage' }).getByRole('status')).toHaveText('Search for its footage: no footage in common');
      await page.getByRole('button', { name: /^Work is done$/ }).click();
      await expect(work.getByRole('listitem').last()).toContainText('Search for its footage: #2 rotated.mp4');
      await expect(work.getByRole('listitem').last()).toContainText('no footage in common');
      await page.keyboard.press('Escape');

      const log = run(theCase, 'log', '--json').toString();
      expect(log).toContain('"upload"');
      expect(log).toContain('phone/repost.mp4');
      expect(log).toContain('from her phone');
      run(theCase, 'verify');
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a search that waits for other work is stopped by keyboard, and that work goes on', async ({ workbench }) => {
  const { page } = workbench;
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-stop-'));
  try {
    await withCase(['clips/cityCC0.mpg'], async (served, theCase) => {
      run(theCase, 'add', longClip(folder));
      await workbench.open('#/', served.address);
      await page.getByRole('button', { name: 'Inspect #2' }).press('Enter');
      await workbench.goTo('#/matches?item=1');
      await page.getByRole('button', { name: 'Look for its footage' }).press('Enter');
      const search = page.getByRole('group', { name: 'Search for its footage' });
      await expect(search.getByRole('status')).toContainText('waiting');
      await expect(page.getByRole('button', { name: '2 at work' })).toBeVisible();
      await search.getByRole('button', { name: 'Stop the search' }).press('Enter');
      await expect(search).toHaveCount(0);
      await expect(page.getByRole('button', { name: '1 at work' })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Look for its footage' })).toBeEnabled();
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('files are chosen, cancelled and sent again by keyboard; one that cannot be read says so', async ({ workbench }) => {
  const { page } = workbench;
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-choose-'));
  const [long, lost] = [join(folder, 'long.bin'), join(folder, 'lost.bin')];
  writeFileSync(long, Buffer.alloc(30 << 20, 7));
  writeFileSync(lost, 'gone in a moment');
  try {
    await withCase([], async (served, theCase) => {
      await workbench.open('#/', served.address);
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      const pace = (bytes: number) =>
        session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
      await pace(2 << 20);
      // Asked for long before the key: the browser learns on another way that its own dialog is not to open.
      const chooser = page.waitForEvent('filechooser');
      await workbench.tabTo(/^Inspect what is added/);
      await page.keyboard.press('Space');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await (await chooser).setFiles([long, lost]);
      const progress = row(page, 'long.bin').getByRole('progressbar');
      await expect(progress).toBeVisible();
      await expect.poll(() => progress.evaluate((bar) => (bar as HTMLProgressElement).value)).toBeGreaterThan(0);
      await expect(row(page, 'lost.bin')).toContainText('waiting');
      await expect(page.getByText('2 files on the way')).toBeVisible();
      rmSync(lost);
      await workbench.tabTo(/^Cancel long\.bin$/);
      await page.keyboard.press('Enter');
      await expect(row(page, 'long.bin')).toContainText('cancelled: nothing of it is kept');
      await expect(row(page, 'lost.bin')).toContainText('failed');
      await expect(row(page, 'lost.bin').getByRole('alert')).toContainText('This file cannot be read.');
      expect(run(theCase, 'list', '--json').toString()).toBe('');
      // The browser tells of the file that it could not read.
      workbench.complaints.length = 0;

      await pace(-1);
      await row(page, 'long.bin').getByRole('button', { name: 'Try again' }).press('Enter');
      await expect(row(page, 'long.bin')).toContainText('preserved as #1');
      await expect(page.getByRole('button', { name: 'Inspect #1' })).toBeVisible();
      await page.getByRole('button', { name: 'Clear the list' }).press('Enter');
      await expect(row(page, 'long.bin')).toHaveCount(0);
      await page.getByRole('button', { name: 'Inspect #1' }).press('Enter');
      await expect(page.getByRole('button', { name: 'Inspect #1' })).toHaveCount(0);
      await expect(page.getByRole('link', { name: /#1 long\.bin/ })).toContainText('0 frames');
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
