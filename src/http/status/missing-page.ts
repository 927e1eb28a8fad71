import type { CheckReport } from '../../check/report/report.ts';
import { documentOf, type Frame } from './document.ts';
import { html } from './html.ts';

/** Instead of the page of a link or server that is not there, or not any more. */
export function missingPage(frame: Frame, { generatedAtSeconds }: CheckReport, what: string): string {
  return documentOf(frame, {
    title: 'Not found',
    severity: null,
    nowSeconds: generatedAtSeconds,
    isRefreshed: true,
    main: html`<h1>${what}</h1>
<p>It may have been there before. <a href="${frame.places.links()}">All links</a>, <a href="${frame.places.servers()}">all servers</a>.</p>
`,
  });
}
