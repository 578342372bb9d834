import assert from 'node:assert/strict';
import fc from 'fast-check';
import { autoExecution } from '../../../../src/core/paths/autoExecution';

/** Grouped by what executes or obeys the file. */
const asked: Readonly<Record<string, readonly string[]>> = {
  editors: [
    '.vscode/settings.json',
    '.VSCODE/Tasks.json',
    'packages/app/.vscode/launch.json',
    'team.code-workspace',
    '.devcontainer/devcontainer.json',
    '.devcontainer.json',
    '.idea/workspace.xml',
    '.zed/settings.json',
    '.fleet/run.json',
    '.nvim.lua',
    '.exrc',
    '.vimrc',
    '/home/me/.config/nvim/init.lua',
    '.dir-locals.el',
  ],
  "VS Code's own user files": [
    '/home/me/.config/Code/User/settings.json',
    '/home/me/.config/Code/User/keybindings.json',
    '/Users/me/Library/Application Support/Code/User/mcp.json',
    '/Users/me/Library/Application Support/Cursor/User/tasks.json',
    '/c:/Users/me/AppData/Roaming/Code - Insiders/User/settings.json',
    'C:\\Users\\me\\AppData\\Roaming\\Code\\User\\keybindings.json',
    '/home/me/.config/VSCodium/User/profiles/-2a3b/settings.json',
    '/home/me/.config/Code/User/chatLanguageModels.json',
    '/home/me/.config/Code/User/anything.json',
    '/opt/portable/data/user-data/User/settings.json',
    '/home/me/.vscode-server/data/Machine/settings.json',
    '/home/me/.config/Code/User/prompts/mine.instructions.md',
  ],
  Git: [
    '.git/hooks/pre-commit',
    '.git/config',
    '/work/project/.git/info/attributes',
    '.gitattributes',
    '.gitmodules',
    '/home/me/.gitconfig',
    '/home/me/.config/git/config',
    '.hg/hgrc',
    '.jj/repo/config.toml',
    '.husky/pre-commit',
    '.githooks/post-merge',
    'scripts/hooks/commit-msg',
    'tools/pre-push.sh',
    '.pre-commit-config.yaml',
    'lefthook.yml',
    '.lefthook-local.toml',
    '.huskyrc',
    '.huskyrc.json',
    '.lintstagedrc',
    '.lintstagedrc.mjs',
    'lint-staged.config.js',
  ],
  shells: [
    '.envrc',
    '.direnvrc',
    'mise.toml',
    '.mise.toml',
    '.bashrc',
    '.bash_profile',
    '.bash_aliases',
    '.zshenv',
    '.zprofile',
    '.profile',
    '/home/me/.config/fish/config.fish',
    '/home/me/.config/fish/conf.d/a.fish',
    'Documents/PowerShell/Microsoft.PowerShell_profile.ps1',
    'profile.ps1',
    '.inputrc',
    '.tmux.conf',
    '.gdbinit',
    '.lldbinit',
    '.irbrc',
    '.pryrc',
    '/home/me/.ssh/config',
    '.ssh/authorized_keys',
    '/home/me/.config/autostart/x.desktop',
    '/home/me/.config/systemd/user/x.service',
    '/Users/me/Library/LaunchAgents/x.plist',
    '/etc/profile.d/x.sh',
    '/c:/Users/me/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/x.cmd',
    '/home/me/.kube/config',
  ],
  'package managers': [
    '.npmrc',
    '.yarnrc.yml',
    '.yarn/releases/yarn-4.cjs',
    '.yarn/plugins/x.cjs',
    '.pnpmfile.cjs',
    '.pnpmfile.mjs',
    '.mvn/extensions.xml',
    '.mvn/wrapper/maven-wrapper.properties',
    'pip.conf',
    'sitecustomize.py',
    'lib/site-packages/x.pth',
  ],
  'AI agents': [
    'AGENTS.md',
    'packages/app/AGENTS.md',
    'CLAUDE.md',
    'CLAUDE.local.md',
    'GEMINI.md',
    '.github/copilot-instructions.md',
    '.github/prompts/review.prompt.md',
    '.github/instructions/ts.instructions.md',
    '.github/agents/x.md',
    'mcp.json',
    '.mcp.json',
    '.claude/settings.json',
    '.claude/commands/x.md',
    '.cursor/rules/x.mdc',
    '.cursorrules',
    '.windsurfrules',
    '.windsurf/workflows/x.md',
    '.clinerules',
    '.clinerules/x.md',
    '.gemini/settings.json',
    '.codex/config.toml',
    '.kiro/hooks/x.json',
    '.roo/rules/x.md',
    '.roomodes',
    '.continue/config.yaml',
    '.trae/rules/project_rules.md',
    '.qwen/settings.json',
    '.lingma/rules/x.md',
    'opencode.json',
    '.aider.conf.yml',
    'skills/x/SKILL.md',
  ],
};

/** Only mentioned in the title of the diff, because people change these files every day. */
const told = [
  'package.json',
  'packages/app/package.json',
  'CMakeLists.txt',
  'build.rs',
  '.cargo/config.toml',
  'eslint.config.mjs',
  '.eslintrc.cjs',
  'prettier.config.js',
  '.prettierrc.js',
  'vite.config.ts',
  'vitest.config.mts',
  'jest.config.js',
  'tailwind.config.ts',
  'postcss.config.cjs',
  'conftest.py',
  'build.gradle',
  'build.gradle.kts',
  'settings.gradle',
  'Directory.Build.props',
  'Directory.Build.targets',
  'App/App.csproj',
  '.clangd',
  '.bazelrc',
  'bunfig.toml',
  'setup.py',
  'pyproject.toml',
  '.tool-versions',
  '.github/workflows/ci.yml',
  '.gitlab-ci.yml',
  '.circleci/config.yml',
  'Jenkinsfile',
  'Gemfile',
  'pom.xml',
  'Cargo.toml',
  'gulpfile.js',
];

const innocent = [
  'src/config.ts',
  'src/app.config.ts',
  'src/app/app.config.ts',
  'config.json',
  'config/config.yaml',
  'docs/AGENTS-overview.md',
  'docs/agents/overview.md',
  'docs/agent.md',
  'src/agents.ts',
  'src/claude.ts',
  'docs/claude-code.md',
  'profile.ts',
  'src/profile.tsx',
  'profile.md',
  'user/profile.json',
  'src/user/index.ts',
  'src/user/user.json',
  'src/User/schema.json',
  'src/users/settings.json',
  'src/settings.json',
  'vscode/tasks.json',
  'a.vscode',
  '.gitignore',
  '.gitkeep',
  'git/config.ts',
  'src/git/hooks.ts',
  'src/hooks/useSession.ts',
  'hooks/index.ts',
  'src/hooks/update.ts',
  'pre-commit.md',
  'docs/pre-commit-hooks.md',
  'src/preCommit.ts',
  'commit-msg.test.ts',
  'husky.ts',
  'lefthook.md',
  'ssh/config.go',
  'src/sshConfig.ts',
  'envrc.md',
  '.env.example',
  'src/environment.ts',
  'mise.md',
  'bashrc.ts',
  'src/shell/zshrc.test.ts',
  'fish.ts',
  'npmrc.ts',
  'src/package.ts',
  'package.json.md',
  'packages.json',
  'src/packageJson.ts',
  'src/mcp.ts',
  'src/mcpServer.json',
  'docs/mcp.md',
  'src/cursor/index.ts',
  'cursor.css',
  'src/continue/x.ts',
  'src/rules/no-any.ts',
  'rules.md',
  'prompts/review.md',
  'src/prompt.md.ts',
  'instructions.md',
  'src/eslintConfig.ts',
  'vite.md',
  'src/jest.ts',
  'build.ts',
  'src/build/settings.ts',
  'Makefile.md',
  'setup.ts',
  'src/setup/index.ts',
  'workflows/ci.yml',
  'github/workflows.ts',
  'tsconfig.json',
  '.prettierrc',
  '.editorconfig',
  'README.md',
  'Dockerfile',
  'model.pt',
  'desktop/main.ts',
  '/home/me/code/user/src/settings.ts',
  '/home/me/project/.claude/worktrees/fix-login/src/login.ts',
  '/home/me/.cursor/worktrees/project/src/index.ts',
];

describe('autoExecution', () => {
  for (const [what, paths] of Object.entries(asked))
    describe(`asks about files of this group: ${what}`, () => {
      for (const path of paths)
        it(path, () => {
          assert.equal(autoExecution(path), 'ask');
        });
    });

  describe('only tells about', () => {
    for (const path of told)
      it(path, () => {
        assert.equal(autoExecution(path), 'tell');
      });
  });

  describe('ignores', () => {
    for (const path of innocent)
      it(path, () => {
        assert.equal(autoExecution(path), undefined);
      });
  });

  it('recognises a folder that is open itself by its absolute path', () => {
    assert.equal(autoExecution('/home/me/.ssh/config'), 'ask');
    assert.equal(autoExecution('/work/project/.husky/pre-commit'), 'ask');
    assert.equal(autoExecution('/work/project/.git/config'), 'ask');
  });

  it('recognises files in a checkout that an agent made below its own folder', () => {
    assert.equal(autoExecution('/p/.claude/worktrees/fix/.vscode/tasks.json'), 'ask');
    assert.equal(autoExecution('/p/.claude/worktrees/fix/package.json'), 'tell');
    assert.equal(autoExecution('/p/.git/worktrees/fix/config.worktree'), 'ask');
  });

  const all = [
    ...Object.values(asked).flatMap((paths) => paths.map((path) => ({ path, level: 'ask' as const }))),
    ...told.map((path) => ({ path, level: 'tell' as const })),
  ];
  /** Spellings that some file system treats as the same name. */
  const spellings: Readonly<Record<string, (path: string) => string>> = {
    'in capitals': (path) => path.toUpperCase(),
    'with a long s, which APFS folds to s': (path) => path.replaceAll('s', '\u017f'),
    'in full-width letters': (path) =>
      path.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
    'with an invisible character, which HFS+ ignores': (path) => path.replace(/\.(?=\w)/g, '.\u200c'),
    'with backslashes': (path) => path.replaceAll('/', '\\'),
    'with dots and spaces at the end, which Windows ignores': (path) => `${path}. .`,
    'with the name of an alternate data stream of Windows': (path) => `${path}::$DATA`,
  };

  for (const [what, spell] of Object.entries(spellings))
    it(`recognises a path ${what}`, () => {
      for (const { path, level } of all) {
        // In a path with a drive, the colon would be read as the start of a stream's name.
        if (!path.includes(':')) assert.equal(autoExecution(spell(path)), level, spell(path));
      }
    });

  it('recognises the files in any folder', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.array(fc.stringMatching(/^[a-z][a-z0-9 _-]{0,8}$/), { maxLength: 4 }),
        ({ path, level }, folders) => {
          const whole = [...folders, path].join('/');
          assert.ok([level, 'ask'].includes(autoExecution(whole) ?? ''), whole);
        },
      ),
    );
  });

  it('accepts any text and very long names', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (path) => {
        assert.ok([undefined, 'ask', 'tell'].includes(autoExecution(path)));
      }),
    );
    assert.equal(autoExecution(`${'a.'.repeat(200_000)}x`), undefined);
  });
});
