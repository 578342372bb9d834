import typescript from 'typescript';

/**
 * @typedef {object} ModuleImport
 * @property {string} specifier As it is written, such as `./journal`.
 * @property {ReadonlySet<string> | 'all'} names The exports that the module uses; `all` when the syntax does not tell which. Empty
 *   for an import that only runs the other module.
 */

/**
 * @typedef {object} ModuleExport
 * @property {string} name `default` for a default export.
 * @property {number} line From 1.
 * @property {boolean} isType Whether it is an interface or a type alias.
 */

/**
 * @typedef {object} Module What one file takes from others and gives to them.
 * @property {readonly ModuleImport[]} imports
 * @property {readonly ModuleExport[]} exports Without those of `export * from`.
 */

/**
 * Reads the imports and exports of a TypeScript or JavaScript file: static, dynamic, and of types alone (`import('./x').Name`).
 * It looks at syntax only, one file at a time, which is much faster than a type check.
 *
 * @param {string} path Its ending decides whether JSX is allowed.
 * @param {string} text
 * @returns {Module}
 */
export function readModule(path, text) {
  const source = typescript.createSourceFile(path, text, typescript.ScriptTarget.Latest, true);
  /** @type {ModuleImport[]} */
  const imports = [];
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    const found = importIn(node, source);
    if (found !== undefined) imports.push(found);
    // A file without the word has no import within an expression or a type.
    if (typescript.isSourceFile(node) || /\bimport\s*\(/.test(node.getText(source)))
      typescript.forEachChild(node, visit);
  };
  visit(source);
  return { imports, exports: source.statements.flatMap((statement) => exportsOf(statement, source)) };
}

/**
 * @param {import('typescript').Node} node
 * @param {import('typescript').SourceFile} source
 * @returns {ModuleImport | undefined}
 */
function importIn(node, source) {
  if (typescript.isImportDeclaration(node)) {
    return importFrom(node.moduleSpecifier, namesOfClause(node.importClause, source));
  }
  if (typescript.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const { exportClause: clause } = node;
    const names =
      clause !== undefined && typescript.isNamedExports(clause)
        ? new Set(clause.elements.map(({ propertyName, name }) => (propertyName ?? name).text))
        : 'all';
    return importFrom(node.moduleSpecifier, names);
  }
  if (typescript.isImportTypeNode(node) && typescript.isLiteralTypeNode(node.argument)) {
    return importFrom(
      node.argument.literal,
      node.qualifier === undefined ? 'all' : new Set([firstName(node.qualifier)]),
    );
  }
  if (typescript.isCallExpression(node) && node.expression.kind === typescript.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    return specifier && importFrom(specifier, namesOfDynamicImport(node, source));
  }
  return undefined;
}

/**
 * @param {import('typescript').Node} specifier
 * @param {ModuleImport['names']} names
 * @returns {ModuleImport | undefined}
 */
function importFrom(specifier, names) {
  return typescript.isStringLiteralLike(specifier) ? { specifier: specifier.text, names } : undefined;
}

/**
 * @param {import('typescript').ImportClause | undefined} clause
 * @param {import('typescript').SourceFile} source
 * @returns {ModuleImport['names']}
 */
function namesOfClause(clause, source) {
  /** @type {Set<string>} */
  const names = new Set();
  if (clause?.name !== undefined) names.add('default');
  const bindings = clause?.namedBindings;
  if (bindings === undefined) return names;
  if (typescript.isNamespaceImport(bindings)) return propertiesOf(bindings.name.text, source);
  for (const { propertyName, name } of bindings.elements) names.add((propertyName ?? name).text);
  return names;
}

/**
 * Understands `const { a } = await import(…)`, `(await import(…)).a`, `import(…).then(({ a }) => …)` and the same with a name for
 * the whole module.
 *
 * @param {import('typescript').CallExpression} call
 * @param {import('typescript').SourceFile} source
 * @returns {ModuleImport['names']}
 */
function namesOfDynamicImport(call, source) {
  /** @type {import('typescript').Node} */
  let module = call;
  while (typescript.isAwaitExpression(module.parent) || typescript.isParenthesizedExpression(module.parent))
    module = module.parent;
  const { parent } = module;
  if (typescript.isVariableDeclaration(parent)) return namesOfBinding(parent.name, source);
  if (!typescript.isPropertyAccessExpression(parent)) return 'all';
  if (module !== call) return new Set([parent.name.text]);
  const callback =
    parent.name.text === 'then' && typescript.isCallExpression(parent.parent)
      ? parent.parent.arguments[0]
      : undefined;
  if (callback === undefined || !typescript.isArrowFunction(callback)) return 'all';
  const [parameter] = callback.parameters;
  return parameter === undefined ? new Set() : namesOfBinding(parameter.name, source);
}

/**
 * @param {import('typescript').BindingName} binding What a whole module is bound to.
 * @param {import('typescript').SourceFile} source
 * @returns {ModuleImport['names']}
 */
function namesOfBinding(binding, source) {
  if (typescript.isIdentifier(binding)) return propertiesOf(binding.text, source);
  if (typescript.isArrayBindingPattern(binding)) return 'all';
  /** @type {Set<string>} */
  const names = new Set();
  for (const { dotDotDotToken, propertyName, name } of binding.elements) {
    const key = propertyName ?? name;
    if (dotDotDotToken !== undefined || !typescript.isIdentifier(key)) return 'all';
    names.add(key.text);
  }
  return names;
}

/**
 * @param {string} object The local name of a whole module.
 * @param {import('typescript').SourceFile} source
 * @returns {ModuleImport['names']} The properties that are read; `all` when the object itself goes elsewhere.
 */
function propertiesOf(object, source) {
  /** @type {Set<string>} */
  const names = new Set();
  /** @type {import('typescript').Node[]} */
  const elsewhere = [];
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (typescript.isIdentifier(node) && node.text === object) {
      const { parent } = node;
      if (typescript.isPropertyAccessExpression(parent)) {
        if (parent.expression === node) names.add(parent.name.text);
      } else if (typescript.isQualifiedName(parent)) {
        if (parent.left === node) names.add(parent.right.text);
      } else if (!isNameOf(parent, node)) elsewhere.push(node);
    }
    typescript.forEachChild(node, visit);
  };
  visit(source);
  return elsewhere.length > 0 ? 'all' : names;
}

/**
 * @param {import('typescript').Node} parent
 * @param {import('typescript').Identifier} node
 * @returns {boolean} True where the identifier is declared, or only the name of a property.
 */
function isNameOf(parent, node) {
  return (
    typescript.isNamespaceImport(parent) ||
    ((typescript.isVariableDeclaration(parent) ||
      typescript.isParameter(parent) ||
      typescript.isPropertyAssignment(parent) ||
      typescript.isPropertySignature(parent)) &&
      parent.name === node)
  );
}

/**
 * @param {import('typescript').EntityName} entity
 * @returns {string}
 */
function firstName(entity) {
  return typescript.isIdentifier(entity) ? entity.text : firstName(entity.left);
}

/**
 * @param {import('typescript').Statement} statement
 * @param {import('typescript').SourceFile} source
 * @returns {ModuleExport[]}
 */
function exportsOf(statement, source) {
  const isType = typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement);
  /**
   * @param {string} name
   * @param {import('typescript').Node} node
   */
  const exported = (name, node) => ({
    name,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    isType,
  });
  if (typescript.isExportAssignment(statement)) return [exported('default', statement)];
  if (typescript.isExportDeclaration(statement)) {
    const { exportClause: clause } = statement;
    if (clause === undefined) return [];
    if (typescript.isNamespaceExport(clause)) return [exported(clause.name.text, clause)];
    return clause.elements.map((element) => exported(element.name.text, element));
  }
  if (!typescript.canHaveModifiers(statement)) return [];
  const modifiers = typescript.getModifiers(statement) ?? [];
  /** @param {import('typescript').SyntaxKind} kind */
  const has = (kind) => modifiers.some((modifier) => modifier.kind === kind);
  if (!has(typescript.SyntaxKind.ExportKeyword)) return [];
  if (has(typescript.SyntaxKind.DefaultKeyword)) return [exported('default', statement)];
  if (typescript.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      boundNames(name).map((identifier) => exported(identifier.text, identifier)),
    );
  }
  const name = typescript.getNameOfDeclaration(/** @type {import('typescript').Declaration} */ (statement));
  return name !== undefined && typescript.isIdentifier(name) ? [exported(name.text, name)] : [];
}

/**
 * @param {import('typescript').BindingName} binding
 * @returns {import('typescript').Identifier[]}
 */
function boundNames(binding) {
  if (typescript.isIdentifier(binding)) return [binding];
  return binding.elements.flatMap((element) =>
    typescript.isOmittedExpression(element) ? [] : boundNames(element.name),
  );
}
