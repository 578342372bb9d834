/** Id of the gateway that the key belongs to. */
export const rightGateway = 'right';

/** Id of a gateway that needs no key, at an address that is not loopback by name, and so would be reached by a proxy. */
export const farGateway = 'far';

/** This computer, under an address that Parley does not take for loopback. */
export const farHost = '0.0.0.0';
