import { equal, match } from 'node:assert/strict';
import { releaseProblem } from '../../../scripts/releaseProblem.mjs';

const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-29\n\n- Something\n\n## [1.2.0]\n';

describe('releaseProblem', () => {
  it('allows the tag of the version that the changelog describes', () => {
    equal(releaseProblem('v1.2.3', '1.2.3', changelog), undefined);
    equal(releaseProblem('v1.2.0', '1.2.0', changelog), undefined);
  });

  for (const tag of ['v1.2.4', '1.2.3', 'V1.2.3', 'v1.2.3-beta', 'v01.2.3', 'v1.2.3 ', ''])
    it(`refuses the tag ${JSON.stringify(tag)} for the version 1.2.3`, () => {
      match(releaseProblem(tag, '1.2.3', changelog) ?? '', /is not v1\.2\.3/);
    });

  for (const version of ['1.2.4', '1.2', '11.2.3'])
    it(`refuses the version ${version}, which the changelog does not describe`, () => {
      match(releaseProblem(`v${version}`, version, changelog) ?? '', /no section/);
    });
});
