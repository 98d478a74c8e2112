import { fixture, run, serve, withCase } from './program.ts';
import { expect, test } from './page.ts';

test('two tabs and the command line see each other’s records, and nobody loses focus, place or words', async ({ workbench, context }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, theCase) => {
    for (let n = 0; n < 12; n += 1) run(theCase, 'observe', '#1', `Seen before ${n}`, '--frame', '3');
    await workbench.open('#/items/1?frame=5', served.address);
    await workbench.showsFrame(5);
    const other = await context.newPage();
    await other.goto(new URL('/#/items/1?frame=9', served.address).href);
    await expect(other.locator('canvas:not(.veil)')).toHaveAttribute('data-frame', '9');

    await page.bringToFront();
    const panel = page.getByRole('tabpanel');
    await page.keyboard.press('n');
    await page.keyboard.type('Half a sen');
    await panel.evaluate((it) => (it.scrollTop = 60));
    const place = await panel.evaluate((it) => it.scrollTop);

    await other.keyboard.press('n');
    await other.keyboard.type('From the other tab');
    await other.keyboard.press('Enter');
    const words = page.getByLabel('What do you see?');
    await expect(page.getByRole('listitem').filter({ hasText: 'From the other tab' })).toBeVisible();
    run(theCase, 'observe', '#1', 'From the command line', '--frame', '3');
    for (const tab of [page, other]) await expect(tab.getByRole('listitem').filter({ hasText: 'From the command line' })).toBeVisible();
    await expect(words).toBeFocused();
    await expect(words).toHaveValue('Half a sen');
    expect(await panel.evaluate((it) => it.scrollTop)).toBe(place);
    await page.keyboard.type('tence');
    await expect(words).toHaveValue('Half a sentence');
    await workbench.showsFrame(5);

    // What stood once stays as it stood.
    const then = Number((JSON.parse(run(theCase, 'log', '--json').toString().trim().split('\n').at(-1) ?? '{}') as { seq: number }).seq);
    await other.goto(new URL(`/?as_of=${then}#/items/1?frame=5`, served.address).href);
    await expect(other.getByRole('listitem').filter({ hasText: 'From the command line' })).toBeVisible();
    run(theCase, 'observe', '#1', 'Later than that', '--frame', '3');
    await expect(page.getByRole('listitem').filter({ hasText: 'Later than that' })).toBeVisible();
    await expect(other.getByText('Later than that')).toHaveCount(0);

    await other.goto(new URL('/#/', served.address).href);
    await expect(other.getByRole('link', { name: /#1 rotated\.mp4/ })).toBeVisible();
    run(theCase, 'add', fixture('odd/anamorphic.mp4'));
    await expect(other.getByRole('link', { name: /#2 anamorphic\.mp4/ })).toBeVisible();
    await other.close();
  });
});

test('a page that hears nothing says so after some seconds, and goes on where the server does', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, theCase) => {
    await workbench.open('#/items/1?frame=5', served.address);
    await workbench.showsFrame(5);
    await page.keyboard.press('n');
    await page.keyboard.type('Kept');
    await served.stop();
    await page.waitForTimeout(2500);
    await expect(page.getByText('Not connected')).toHaveCount(0);
    await expect(page.getByText('Not connected')).toBeVisible();
    await expect(page.getByLabel('What do you see?')).toHaveValue('Kept');
    const again = await serve(theCase, served.port);
    try {
      // The browser tells of every attempt that failed.
      workbench.complaints.length = 0;
      await page.goto(again.address);
      await expect(page.getByRole('link', { name: /#1 rotated\.mp4/ })).toBeVisible();
      await expect(page.getByText('Not connected')).toHaveCount(0);
      workbench.complaints.length = 0;
      run(theCase, 'add', fixture('odd/anamorphic.mp4'));
      await expect(page.getByRole('link', { name: /#2 anamorphic\.mp4/ })).toBeVisible();
    } finally {
      await again.stop();
    }
  });
});
