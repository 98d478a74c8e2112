/** What axe finds on the page as it is. */

import AxeBuilder from '@axe-core/playwright';
import { expect, type Workbench } from './page.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails where there is a barrier; what is framed runs nothing, and so not axe either; `what` says on which screen. */
export async function passesAxe(workbench: Workbench, what: string): Promise<void> {
  // One frame is looked at, so what axe finds needs no page of its own to be put together in.
  const axe = new AxeBuilder({ page: workbench.page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.withTags(RULES).exclude('iframe').analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  expect(found, what).toEqual([]);
}
