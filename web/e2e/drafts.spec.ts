import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

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

test('how somebody is to be protected survives a reload, and a name is kept nowhere', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    run(folder, 'person', 'add', 'boy in a striped shirt', '--role', 'minor');
    run(folder, 'person', 'appears', 'P1', '#1', '--frame', '3');
    await workbench.open('#/items/1?frame=3', served.address);
    const card = page.getByRole('listitem').filter({ hasText: 'boy in a striped shirt' }).first();
    const opened = async () => {
      await card.getByText('Protect P1, or not').click();
      await card.getByText('Say who P1 is').click();
    };
    await opened();
    await expect(card.getByLabel('minor')).toBeChecked();
    await card.getByLabel('witness').check();
    await card.getByLabel('Reason for it').first().fill('saw who fired');
    await card.getByLabel('Identity').selectOption('named');
    await card.getByLabel('Name (stays in the journal)').fill('Somebody');
    await card.getByLabel('Reason for it').last().fill('his mother asked');
    await page.reload();
    await opened();
    for (const ground of ['minor', 'witness']) await expect(card.getByLabel(ground)).toBeChecked();
    await expect(card.getByLabel('Reason for it').first()).toHaveValue('saw who fired');
    await expect(card.getByLabel('Name (stays in the journal)')).toHaveValue('');
    await expect(card.getByLabel('Reason for it').last()).toHaveValue('his mother asked');

    // What is recorded of the one is no word of the other.
    await card.getByRole('button', { name: 'Record protection' }).click();
    await expect(card).toContainText('protected: minor, witness');
    await page.reload();
    await opened();
    await expect(card.getByLabel('Reason for it').first()).toHaveValue('');
    await expect(card.getByLabel('Reason for it').last()).toHaveValue('his mother asked');
  });
});

test('a word on a draft survives a reload, and stays chosen once it is recorded', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    run(folder, 'publish', 'draft', '#1', '--title', 'Quay', '--summary', 'Older.');
    await workbench.open('#/publish/B1', served.address);
    const reading = page.getByRole('region', { name: 'Read it' });
    const held = reading.getByRole('radio', { name: 'It may not, and the note says why' });
    await held.check();
    await reading.getByLabel('Note', { exact: true }).fill('the child is not masked');
    await page.reload();
    await expect(held).toBeChecked();
    await expect(reading.getByLabel('Note', { exact: true })).toHaveValue('the child is not masked');
    await reading.getByRole('button', { name: 'Record the review' }).click();
    await expect(reading).toContainText('desk holds it back');
    await expect(reading.getByLabel('Note', { exact: true })).toHaveValue('');
    await expect(held).toBeChecked();
  });
});
