import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './page.ts';
import { longClip, run, serve, withCase } from './program.ts';

test('the server is killed while somebody types, an inspection runs and a file arrives: nothing is lost', async ({ workbench, context }) => {
  test.setTimeout(300_000);
  const { page } = workbench;
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-killed-'));
  const late = join(folder, 'late.bin');
  writeFileSync(late, Buffer.alloc(20 << 20, 5));
  try {
    await withCase(['odd/rotated.mp4'], async (served, theCase) => {
      run(theCase, 'add', longClip(folder));
      await workbench.open('#/', served.address);
      await page.getByRole('button', { name: 'Inspect #2' }).click();
      const work = page.getByRole('button', { name: '1 at work' });
      await expect(work).toBeVisible();
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      const pace = (bytes: number) =>
        session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
      await pace(1 << 20);
      await page.getByLabel('Choose files').setInputFiles(late);
      // Of those on their way, not of the library, where it comes to stand as well.
      const arrival = page.getByRole('listitem').filter({ hasText: 'late.bin' }).first();
      await expect(arrival.getByRole('progressbar')).toBeVisible();
      await work.click();
      await expect(page.getByRole('region', { name: 'Work' })).toContainText(/[3-9]\d % · pictures/);

      await workbench.goTo('#/items/1?frame=5');
      await workbench.showsFrame(5);
      await page.keyboard.press('n');
      await page.keyboard.type('Half a sentence');
      await served.kill();
      await page.keyboard.type(', and the rest of it');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert').filter({ hasText: 'The workbench does not answer.' })).toBeVisible();

      const again = await serve(theCase, served.port);
      try {
        await pace(-1);
        // A tab of its own: the one before it may have been closed.
        const fresh = await context.newPage();
        await fresh.goto(again.address);
        await expect(fresh.getByRole('link', { name: /#1 rotated\.mp4/ })).toBeVisible();
        await expect(fresh.getByRole('link', { name: /#2 long\.mp4/ })).toContainText('frames', { timeout: 150_000 });
        await fresh.goto(new URL('/#/items/1?frame=5', again.address).href);
        await expect(fresh.locator('canvas:not(.veil)')).toHaveAttribute('data-frame', '5');
        await fresh.keyboard.press('n');
        await expect(fresh.getByLabel('What do you see?')).toHaveValue('Half a sentence, and the rest of it');
        await fresh.getByLabel('What do you see?').press('Enter');
        await expect(fresh.getByRole('listitem').filter({ hasText: 'and the rest of it' })).toBeVisible();

        // The tab in which it was typed lets go of it, since it is recorded, and sends the file again.
        await page.bringToFront();
        await workbench.goTo(new URL(again.address).hash);
        await workbench.goTo('#/');
        await expect(arrival).toContainText('failed');
        await arrival.getByRole('button', { name: 'Try again' }).click();
        await expect(arrival).toContainText('preserved as #3');
        await workbench.goTo('#/items/1?frame=5');
        await workbench.showsFrame(5);
        await page.keyboard.press('n');
        await expect(page.getByLabel('What do you see?')).toHaveValue('');
        await fresh.close();

        const log = run(theCase, 'log', '--json').toString().split('\n');
        expect(log.filter((line) => line.includes('and the rest of it'))).toHaveLength(1);
        // The file that came late may be inspected by now as well.
        const inspected = log.filter((line) => line.includes('"item.inspected"') && line.includes('"#2 '));
        expect(inspected.at(-1)).toMatch(/"resumed":"frame \d+"/);
        run(theCase, 'verify');
        // The browser told of the server that was away.
        workbench.complaints.length = 0;
      } finally {
        await again.stop();
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
