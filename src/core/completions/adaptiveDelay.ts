/** Bounds of the delay and its value before the first answer, in milliseconds. */
const shortest = 60;
const longest = 400;
const usual = 120;
/** The share of a request's time that is worth waiting before the request. */
const share = 0.25;
/** The weight of a new observation: gateways vary. */
const weight = 0.3;

/**
 * How long to wait after a key press before a request is sent. A fast model is asked soon. A slow model is asked only after a real
 * pause, because a request that is overtaken by the next key press costs and is of no use.
 */
export class AdaptiveDelay {
  private latency: number | undefined;

  /** The time to wait, in milliseconds. */
  get milliseconds(): number {
    if (this.latency === undefined) return usual;
    return Math.round(Math.min(longest, Math.max(shortest, this.latency * share)));
  }

  /** The usual time of a request in milliseconds; undefined before the first one. */
  get usualLatency(): number | undefined {
    return this.latency === undefined ? undefined : Math.round(this.latency);
  }

  /** Learns from a request that was answered after this time, in milliseconds. */
  observe(latency: number): void {
    this.latency = this.latency === undefined ? latency : this.latency + (latency - this.latency) * weight;
  }

  /** Forgets the observations, for another model. */
  reset(): void {
    this.latency = undefined;
  }
}
