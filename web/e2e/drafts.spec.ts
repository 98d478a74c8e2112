import { expect, test } from './page.ts';

test('a judgement and a word on a match survive a reload', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches/M1');
  const desk = async () => {
    await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
    await workbench.unfold(/^Judge a resemblance…$/);
  };
  await desk();
  const form = page.getByRole('region', { name: 'Resemblance, as you judge it' });
  await form.getByLabel('What is compared').fill('the chimney');
  await form.getByLabel('Features compared').fill('its three holes\nits colour');
  await form.getByLabel('Reasons').fill('not written to the end');
  await page.getByLabel('Note', { exact: true }).fill('seen by two of us');
  await page.reload();
  await desk();
  await expect(form.getByLabel('What is compared')).toHaveValue('the chimney');
  await expect(form.getByLabel('Features compared')).toHaveValue('its three holes\nits colour');
  await expect(form.getByLabel('Reasons')).toHaveValue('not written to the end');
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue('seen by two of us');
  // What nobody wants any more is gone.
  for (const label of ['What is compared', 'Features compared', 'Reasons']) await form.getByLabel(label).fill('');
  await page.getByLabel('Note', { exact: true }).fill('');
  await page.reload();
  await desk();
  await expect(form.getByLabel('Reasons')).toHaveValue('');
});

test('why an entry is taken back survives a reload', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/journal');
  const row = page.getByRole('row').filter({ hasText: 'The post is older footage' }).first();
  const reason = row.getByLabel('Why it is taken back');
  await row.locator('summary').click();
  await reason.fill('stated of the wrong item');
  await page.reload();
  await row.locator('summary').click();
  await expect(reason).toHaveValue('stated of the wrong item');
  await reason.fill('');
});
