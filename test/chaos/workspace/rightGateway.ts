/** Id of the gateway that the key belongs to. */
export const rightGateway = 'right';
