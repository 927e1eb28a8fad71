import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { alertGroups } from '../../src/mixin/alerts/groups.ts';
import { anchorsOf, folder, linksOf, type Page, pageAt, runbookPages } from './pages.ts';

const root = resolve(import.meta.dirname, '../..');
const pages = runbookPages();
const errorPage = 'docs/errors.md';

/** The path from the root that a link on a page means, and the anchor on it. */
function targetOf(page: Page, link: string): { readonly path: string; readonly anchor: string } {
  const [file = '', anchor = ''] = link.split('#');
  return { path: file === '' ? page.path : join(page.path, '..', file), anchor };
}

test('every link of a runbook leads to a page, and to a heading that is there', () => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .map((link) => ({ link, ...targetOf(page, link) }))
      .filter(
        ({ path, anchor }) => !existsSync(join(root, path)) || (anchor !== '' && !anchorsOf(pageAt(path)).has(anchor)),
      )
      .map(({ link }) => `${page.path}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test('every page is reached from an alert or from the error catalogue', () => {
  const alerts = alertGroups.flatMap(({ rules }) => rules.map(({ name }) => `${folder}/${name}.md`));
  const reached = new Set<string>();
  const open = [...alerts, errorPage];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const page = pageAt(path);
    open.push(
      ...linksOf(page)
        .map((link) => targetOf(page, link).path)
        .filter((target) => target.startsWith('docs/') && target.endsWith('.md')),
    );
  }
  assert.deepEqual(
    pages.map(({ path }) => path).filter((path) => !reached.has(path)),
    [],
  );
});

test('the overview lists every alert that has a page', () => {
  const overview = pages.find(({ path }) => path.endsWith('/README.md'));
  assert.ok(overview);
  const listed = linksOf(overview).filter((link) => link.startsWith('Milink'));
  assert.deepEqual(
    listed.sort(),
    pages
      .map(({ path }) => path.slice(folder.length + 1))
      .filter((file) => file.startsWith('Milink'))
      .sort(),
  );
});

test('whoever arrives from an alert is shown what a link is and where to run things', () => {
  const wayIn = ['README.md#the-link-in-ten-lines', 'README.md#look-at-it'];
  for (const page of pages.filter(({ path }) => path.startsWith(`${folder}/Milink`))) {
    const [meaning = ''] = page.text.split('## Meaning');
    assert.deepEqual(linksOf({ ...page, text: meaning }), wayIn, page.path);
  }
});
