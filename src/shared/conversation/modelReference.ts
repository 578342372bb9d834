/** Identifies one model at one gateway. A gateway id contains no slash; a model id may (`openai/gpt-5`). */
export interface ModelReference {
  readonly gatewayId: string;
  readonly modelId: string;
}

/** Writes a reference as settings do: `gatewayId/modelId`. */
export function formatModelReference(reference: ModelReference): string {
  return `${reference.gatewayId}/${reference.modelId}`;
}

/** Reads `gatewayId/modelId`, divided at the first slash; undefined when either id is missing. */
export function parseModelReference(text: string): ModelReference | undefined {
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1) return undefined;
  return { gatewayId: text.slice(0, slash), modelId: text.slice(slash + 1) };
}

/** True when both identify the same model at the same gateway, or both are undefined. */
export function isSameModel(left: ModelReference | undefined, right: ModelReference | undefined): boolean {
  return left?.gatewayId === right?.gatewayId && left?.modelId === right?.modelId;
}
