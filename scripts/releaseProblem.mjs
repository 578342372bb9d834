/**
 * @param {string} tag Of the commit to release.
 * @param {string} version The version in package.json.
 * @param {string} changelog The text of CHANGELOG.md, in the format of Keep a Changelog.
 * @returns {string | undefined} Why this commit cannot be released under this tag.
 */
export function releaseProblem(tag, version, changelog) {
  if (tag !== `v${version}`) {
    return `The tag ${tag} is not v${version}, the version in package.json. Change one of the two.`;
  }
  if (!changelog.split('\n').some((line) => line.startsWith(`## [${version}]`))) {
    return `CHANGELOG.md has no section "## [${version}]". Rename the section "Unreleased".`;
  }
  return undefined;
}
