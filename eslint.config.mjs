import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';
import { fileNamedAfterExport } from './scripts/eslint/fileNamedAfterExport.mjs';

export default defineConfig(
  {
    ignores: [
      'dist/**',
      'dist-test/**',
      'node_modules/**',
      'artifacts/**',
      'coverage/**',
      'test/fixtures/**',
      'scripts/demo/workspace/**',
    ],
  },
  eslint.configs.recommended,
  ...typescript.configs.strictTypeChecked,
  ...typescript.configs.stylisticTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: {
        // The programs at the top stand beside the host's tsconfig.json but belong to the scripts.
        projectService: {
          allowDefaultProject: ['*.mjs', '.*.cjs'],
          defaultProject: 'scripts/tsconfig.json',
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: [
      // VS Code and the panel's page start here.
      'src/extension.ts',
      'src/webview/main.tsx',
      // Only declares.
      '**/*.d.ts',
      // Only runs.
      'src/webview/markdown/copySelection.ts',
    ],
    plugins: { parley: { rules: { 'file-named-after-export': fileNamedAfterExport } } },
    rules: { 'parley/file-named-after-export': 'error' },
  },
  {
    // Lists of hostile texts: the type of a list says what its functions take and return, which the rule does not see.
    files: ['test/chaos/output/inputs/**'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', process: 'readonly' } },
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
        Buffer: 'readonly',
        URLSearchParams: 'readonly',
      },
    },
    // JSDoc says the types, and TypeScript checks them.
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
