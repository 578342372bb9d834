/** Names one model at one gateway. Gateway ids hold no slash; model ids may (`openai/gpt-5`). */
export interface ModelReference {
  readonly gatewayId: string;
  readonly modelId: string;
}

/** Writes a reference as settings do: `gatewayId/modelId`. */
export function formatModelReference(reference: ModelReference): string {
  return `${reference.gatewayId}/${reference.modelId}`;
}

/** Reads `gatewayId/modelId`; undefined when either half is missing. The first slash divides. */
export function parseModelReference(text: string): ModelReference | undefined {
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1) return undefined;
  return { gatewayId: text.slice(0, slash), modelId: text.slice(slash + 1) };
}

/** True when both name the same model at the same gateway; nothing is the same as nothing. */
export function isSameModel(left: ModelReference | undefined, right: ModelReference | undefined): boolean {
  return left?.gatewayId === right?.gatewayId && left?.modelId === right?.modelId;
}
