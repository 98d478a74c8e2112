import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

test('of many sources the one that is sought is found, by words, by number and from the line', async ({ workbench }) => {
  const { page } = workbench;
  await withCase([], async (served, folder) => {
    for (let no = 1; no <= 45; no += 1) run(folder, 'source', 'add', `@account_${no}`);
    for (let no = 1; no <= 45; no += 1) run(folder, 'source', 'state', `S${no}`, 'live', '--at', '2026-05-01');
    await workbench.open('#/sources', served.address);
    const cards = page.getByRole('article');
    await expect(cards).toHaveCount(40);
    await passesAxe(workbench, 'many sources');

    // Whoever asks for one that is not drawn yet comes to it.
    const rows = page.getByRole('group', { name: 'Sources over time' }).getByRole('button', { name: /S\d+ @/ });
    await expect(rows).toHaveCount(40);
    await page.getByRole('button', { name: 'Show 5 more rows' }).click();
    await expect(rows).toHaveCount(45);
    await page.getByRole('button', { name: 'S45 @account_45' }).click();
    await expect(page.getByRole('article', { name: '@account_45' })).toBeFocused();
    await expect(page.getByRole('article', { name: '@account_45' })).toBeInViewport();

    const filter = page.getByRole('searchbox', { name: 'Only' });
    await filter.fill('account_4');
    await expect(page.getByRole('status').filter({ hasText: '7 of 45 sources' })).toBeVisible();
    await expect(cards).toHaveCount(7);
    await filter.fill('s4');
    await expect(cards).toHaveCount(1);
    await filter.fill('nobody');
    await expect(page.getByText('No source has all of these words.')).toBeVisible();
    await filter.fill('');
    await page.getByRole('button', { name: 'Show 5 more', exact: true }).click();
    await expect(cards).toHaveCount(45);

    // A hit of the search leads to that source.
    await workbench.goTo('#/search?words=account_7');
    await page.getByRole('link', { name: '@account_7' }).click();
    await expect(cards).toHaveCount(1);
    await expect(cards).toContainText('S7');
  });
});
