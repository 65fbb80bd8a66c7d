import ts from 'typescript';

/** One change to a guard: what stands from `start` to `end` becomes `by`. */
export interface Mutant {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly was: string;
  readonly by: string;
}

/** The words by which a condition is known to be about who somebody is, where, or what they have sent before. */
const aboutPeople =
  /\b(actor|person|viewer|mover|own|createdBy|employeeId|coordinator|admins?|isAdmin|roleUnknown|place\.kind|conversationId|readsRequests|teamId|sent|known|tenants?|tenantId|channelId|audience|byRole|who|serviceUrl|endorsements|isNamed|coordinators)\b/;
/** What has such a word in it and is not about that. */
const aboutOthers = /'[^']*'|\bactor\.lang|\b(known|who)\.(size|length)|\.chosenLang/g;

/** How a guard says no. */
const refuses = /\b(Refusal|Refused|TryAgain|NotAuthenticated|refusalOf|not[A-Z]\w*)\b/;

/** Settings of a feature and its actions that restrict, and what they are without it. */
const settings: Record<string, { is: RegExp; by: string }> = {
  who: { is: /^'(coordinator|keeper|admin)'$/, by: 'undefined' },
  audience: { is: /^'(coordinator|keeper|admin)'$/, by: "'employee'" },
  byRole: { is: /^true$/, by: 'false' },
  reads: { is: /^true$/, by: 'false' },
  own: { is: /^true$/, by: 'false' },
};

const opposite = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
]);
const isJoin = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    node.operatorToken.kind === ts.SyntaxKind.BarBarToken);
const isCondition = ({ parent }: ts.Node, node: ts.Node): boolean =>
  (ts.isIfStatement(parent) && parent.expression === node) ||
  (ts.isConditionalExpression(parent) && parent.condition === node);

/**
 * Every way to take a guard out of a source file, or to turn it round: settings that restrict, conditions about people
 * and places, what refuses, and calls that require something.
 */
export function findMutants(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const found: Mutant[] = [];
  const codeOf = (node: ts.Node): string => node.getText(source);
  const add = (node: ts.Node, by: string): void => {
    const [start, end] = [node.getStart(source), node.getEnd()];
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ file, line, start, end, was: codeOf(node), by });
  };
  const saysWho = (node: ts.Node): boolean => aboutPeople.test(codeOf(node).replaceAll(aboutOthers, ''));
  /** Makes the rest possible to read: without it the code breaks, and nobody is let in. */
  const isPresence = (node: ts.Node): boolean => /[!=]== undefined$/.test(codeOf(node));

  const ofSetting = (node: ts.PropertyAssignment): void => {
    const setting = settings[codeOf(node.name)];
    if (setting?.is.test(codeOf(node.initializer))) add(node.initializer, setting.by);
  };
  const ofCondition = (condition: ts.Expression, guards: boolean): void => {
    const says = saysWho(condition);
    if (says || guards) add(condition, 'false');
    if (says) add(condition, 'true');
  };
  const ofJoin = (node: ts.BinaryExpression): void => {
    for (const [one, other] of [
      [node.left, node.right],
      [node.right, node.left],
    ] as const) {
      const isPart = !isJoin(one) && saysWho(one) && !isPresence(one);
      if (isPart) add(node, codeOf(other));
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isPropertyAssignment(node)) ofSetting(node);
    if (ts.isIfStatement(node)) ofCondition(node.expression, says(node.thenStatement));
    if (ts.isConditionalExpression(node)) ofCondition(node.condition, false);
    if (isJoin(node)) ofJoin(node);
    else if (ts.isBinaryExpression(node) && saysWho(node) && !isPresence(node) && !isCondition(node, node)) {
      const turned = opposite.get(node.operatorToken.kind);
      if (turned) add(node.operatorToken, turned);
    }
    if (ts.isExpressionStatement(node) && /^(await )?(require|check)[A-Z]/.test(codeOf(node))) add(node, ';');
    ts.forEachChild(node, visit);
  };
  /** Whether a statement says no. */
  const says = (node: ts.Statement): boolean =>
    ts.isThrowStatement(node) ? refuses.test(codeOf(node)) : ts.isBlock(node) && node.statements.some(says);
  visit(source);
  return found;
}
