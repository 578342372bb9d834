import { isMainExport, stemOf } from '../structure/mainExport.mjs';
import { readModule } from '../structure/readModule.mjs';

/**
 * A file is named after its main export, so that the name in an import leads to the file. `journal.ts` must export `journal` or
 * `Journal`; it may export more. A file without exports is refused too: the configuration names those that only run.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const fileNamedAfterExport = {
  meta: {
    type: 'suggestion',
    docs: { description: 'Require that a file has the name of one of its exports.' },
    schema: [],
    messages: {
      otherName:
        'No export is named like the file ("{{stem}}"). Rename the file or one of its exports: {{names}}.',
      noExport:
        'The file "{{stem}}" exports nothing, so that its name cannot be checked. Export what it is named after, or add the file to the exceptions in eslint.config.mjs if it only runs.',
    },
  },
  create: (context) => ({
    Program(node) {
      const { exports } = readModule(context.filename, context.sourceCode.text);
      const stem = stemOf(context.filename);
      const names = exports.map(({ name }) => name);
      if (names.some((name) => isMainExport(context.filename, name))) return;
      if (names.length === 0) context.report({ node, messageId: 'noExport', data: { stem } });
      else context.report({ node, messageId: 'otherName', data: { stem, names: names.join(', ') } });
    },
  }),
};
