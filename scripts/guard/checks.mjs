// Finds the checks in a source file, and says what the file is without each of them.
import { calleeName, walk } from './source.mjs';

/** Calls that are made for what they throw. */
const checking = /^(?:#?(?:assert|check|demand|ensure|match|refuse|require|verify)|end$|null$)/;
const comparing = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in', 'instanceof']);

/**
 * Returns every check of a file: its lines, its text (`what`), the line that it stands in (`within`), and the file without it (`spoilt`).
 * A condition is deleted by making it one that never refuses; a call, and a refusal of what was caught, by removing it.
 *
 * @param functions what the file can call, from Sources.functions
 */
export function findChecks(file, source, tree, functions) {
  const found = new Map();
  // swc's positions are of bytes, and begin at 1.
  const text = ({ start, end }) => source.subarray(start - 1, end - 1).toString();
  const lineOf = (position) =>
    source
      .subarray(0, position - 1)
      .toString()
      .split('\n').length;
  const all = source.toString().split('\n');
  const add = (span, replacement) => {
    const spoilt = Buffer.concat([
      source.subarray(0, span.start - 1),
      Buffer.from(replacement),
      source.subarray(span.end - 1),
    ]);
    const what = text(span).replace(/\s+/g, ' ').slice(0, 120);
    const [line, lastLine] = [lineOf(span.start), lineOf(span.end)];
    found.set(`${span.start} ${span.end}`, { file, line, lastLine, what, within: all[line - 1].trim(), spoilt });
  };
  const { isRefusal, refuses } = refusals(functions);
  walk(tree, (node) => {
    for (const { test, when } of conditions(node, isRefusal, refuses)) {
      for (const { span, never } of reasons(test, when)) add(span, never);
    }
    if (node.type === 'BinaryExpression' && ['??', '||'].includes(node.operator) && isRefusal(node.right)) {
      if (unwrapped(node.right).type === 'CallExpression') add(node.span, text(node.left.span));
    }
    if (node.type === 'CatchClause') {
      const [last, ...before] = node.body.stmts.toReversed();
      if (ends(last, isRefusal) && !before.some(({ type }) => type === 'IfStatement')) add(last.span, ';');
    }
    if (node.type === 'ExpressionStatement' && isCheck(node.expression) && !isRefusal(node.expression))
      add(node.span, ';');
    for (const expression of answers(node)) {
      const conjuncts = operands(expression, '&&');
      if (conjuncts.length > 1) for (const { span } of conjuncts) add(span, 'true');
      const disjuncts = operands(expression, '||');
      if (disjuncts.length > 1 && disjuncts.every(isBoolean)) for (const { span } of disjuncts) add(span, 'false');
    }
  });
  return [...found.values()].sort((a, b) => a.line - b.line);
}

/** Yields the conditions of a node that decide whether something is refused, and whether it is `when` they are true or false. */
function* conditions(node, isRefusal, refuses) {
  // In a function that answers yes or no, either may be the refusal.
  if (isYesOrNo(node.returnType?.typeAnnotation)) {
    for (const { test } of conditionalReturns(node.body)) yield { test, when: true };
  }
  // A limit: `if (size > limit) break;`
  if (node.type === 'IfStatement' && node.consequent.type === 'BreakStatement' && /^>=?$/.test(node.test.operator)) {
    yield { test: node.test, when: true };
  }
  if (node.type === 'IfStatement') {
    if (refuses(node.consequent)) yield { test: node.test, when: true };
    else if (node.alternate && node.alternate.type !== 'IfStatement' && refuses(node.alternate)) {
      yield { test: node.test, when: false };
    }
  }
  if (node.type === 'ConditionalExpression') {
    if (isRefusal(node.alternate)) yield { test: node.test, when: false };
    else if (isRefusal(node.consequent)) yield { test: node.test, when: true };
  }
  if (node.type === 'BinaryExpression' && node.operator === '&&' && isRefusal(node.right)) {
    yield { test: node.left, when: true };
  }
  // `if (allowed) return; fail(…)`
  const statements = node.stmts ?? [];
  if (ends(statements.at(-1), isRefusal)) {
    for (const { type, test, consequent, alternate } of statements) {
      if (type === 'IfStatement' && !alternate && returns(consequent) && !refuses(consequent))
        yield { test, when: false };
    }
  }
}

function isYesOrNo(type) {
  if (type?.type === 'TsTypeReference')
    return type.typeName.value === 'Promise' && isYesOrNo(type.typeParams?.params[0]);
  return type?.type === 'TsTypePredicate' ? !type.asserts : type?.kind === 'boolean';
}

function conditionalReturns(body) {
  const found = [];
  walk(body, (node) => {
    if (node.type === 'IfStatement' && !node.alternate && returns(node.consequent)) found.push(node);
  });
  return found;
}

/** Returns each part of a condition that alone can make it `when`, and the text in its place with which it never does. */
function reasons(node, when) {
  const inner = unwrapped(node);
  const operator = when ? '||' : '&&';
  if (inner.type === 'BinaryExpression' && inner.operator === operator) {
    return [inner.left, inner.right].flatMap((operand) => reasons(operand, when));
  }
  if (inner.type === 'UnaryExpression' && inner.operator === '!') {
    const parts = reasons(inner.argument, !when);
    if (parts.length > 1) return parts;
  }
  const whole = { span: node.span, never: String(!when) };
  if (inner.type !== 'BinaryExpression' || !['||', '&&'].includes(inner.operator)) return [whole];
  // All of its operands are needed; but each may have several reasons.
  const nested = [inner.left, inner.right].map((operand) => reasons(operand, when)).filter((parts) => parts.length > 1);
  return [whole, ...nested.flat()];
}

/** Returns the operands of a chain of one operator. */
function operands(node, operator) {
  const inner = unwrapped(node);
  if (inner.type !== 'BinaryExpression' || inner.operator !== operator) return [node];
  return [...operands(inner.left, operator), ...operands(inner.right, operator)];
}

function unwrapped(node) {
  return node.type === 'ParenthesisExpression' ? unwrapped(node.expression) : node;
}

/** Returns what tells whether an expression or a statement refuses. */
function refusals({ never, methods }) {
  /** Reports whether an expression is a call that never returns, an error, or an object that holds one. */
  function isRefusal(node) {
    const expression = node && unwrapped(node);
    switch (expression?.type) {
      case 'AwaitExpression':
        return isRefusal(expression.argument);
      case 'CallExpression': {
        const name = calleeName(expression.callee);
        return /^(?:fail|refuse|reject)$/.test(name) || (isOwn(expression.callee) ? never : methods).has(name);
      }
      case 'NewExpression':
        return expression.callee.type === 'Identifier' && expression.callee.value.endsWith('Error');
      case 'ObjectExpression':
        return expression.properties.some(({ value }) => isRefusal(value));
      default:
        return false;
    }
  }

  /** Reports whether a statement ends what is being done with a failure, or with a no. */
  function refuses(statement) {
    const last = statement.type === 'BlockStatement' ? statement.stmts.at(-1) : statement;
    if (last?.type === 'ReturnStatement' && last.argument && isNo(last.argument)) return true;
    return ends(last, isRefusal);
  }
  return { isRefusal, refuses };
}

/** Reports whether a function is known by its name alone: not a method of something else. */
function isOwn(callee) {
  return callee.type === 'Identifier' || callee.property?.type === 'PrivateName';
}

function ends(statement, isRefusal) {
  if (statement?.type === 'ThrowStatement') return true;
  if (statement?.type === 'ExpressionStatement') return isRefusal(statement.expression);
  return statement?.type === 'ReturnStatement' && isRefusal(statement.argument);
}

function returns(statement) {
  const last = statement.type === 'BlockStatement' ? statement.stmts.at(-1) : statement;
  return last?.type === 'ReturnStatement';
}

function isNo(expression) {
  return (
    (expression.type === 'BooleanLiteral' && !expression.value) ||
    (expression.type === 'Identifier' && expression.value === 'undefined')
  );
}

/** Reports whether a statement is a call that is made for what it throws. */
function isCheck(node) {
  const call = node.type === 'AwaitExpression' ? node.argument : node;
  return call.type === 'CallExpression' && checking.test(calleeName(call.callee));
}

/** Returns what a function answers, and what a constant is, where that is a yes or a no. */
function answers(node) {
  if (node.type === 'ReturnStatement' && node.argument) return [node.argument];
  if (node.type === 'ArrowFunctionExpression' && !/Block|FunctionBody/.test(node.body.type)) return [node.body];
  if (node.type !== 'VariableDeclarator' || !node.init) return [];
  return node.id.value?.startsWith('is') || operands(node.init, '&&').every(isBoolean) ? [node.init] : [];
}

function isBoolean(node) {
  const expression = unwrapped(node);
  if (expression.type === 'BinaryExpression') {
    return comparing.has(expression.operator) || [expression.left, expression.right].every(isBoolean);
  }
  return expression.type === 'CallExpression' || (expression.type === 'UnaryExpression' && expression.operator === '!');
}
