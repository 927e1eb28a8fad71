import type { Row } from '../../row.ts';
import { languageIds, messages } from '../message.ts';
import type { EndView } from '../view.ts';

/** sys.messages, of which the simulator has those about links. The 4196x and 4197x are known to managed instances only. */
export function messageRows(view: EndView): readonly Row[] {
  return messages
    .filter(({ isManagedInstanceOnly }) => view.self.version.managedInstance || !isManagedInstanceOnly)
    .flatMap(({ number, severity, texts }) =>
      languageIds.map((languageId) => ({
        message_id: number,
        language_id: languageId,
        severity,
        is_event_logged: true,
        text: texts[languageId],
      })),
    );
}
