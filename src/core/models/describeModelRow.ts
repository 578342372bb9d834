import type { Translate } from '../../shared/kit/translate';
import { currencyCode } from '../../shared/text/currencyCode';
import { formatPrice } from '../../shared/text/formatMoney';
import type { ModelDescription } from './gateway';
import type { ModelPrices } from './modelPrices';

/** What a row shows beside the name of a model. */
interface ModelRowFacts {
  readonly model: ModelDescription;
  /** The displayed name. The id follows the other facts if it differs. */
  readonly name: string;
  /** Undefined if only one gateway is ready. */
  readonly gatewayName: string | undefined;
}

/**
 * Describes a model in one line: gateway, context window, abilities, prices, id. Leaves out what is not known. The gateway comes
 * first and the id last, because a narrow window cuts the end.
 *
 * @param language The language of the user interface, for numbers.
 */
export function describeModelRow(facts: ModelRowFacts, t: Translate, language: string): string {
  const { model, name, gatewayName } = facts;
  const abilities = [
    model.vision === true ? t('pictures') : undefined,
    model.tools === true ? t('tools') : undefined,
    model.reasoning === true ? t('reasoning') : undefined,
  ].filter((ability) => ability !== undefined);
  return [
    gatewayName,
    model.loaded === true ? t('loaded') : undefined,
    model.contextWindow === undefined ? undefined : shortCount(model.contextWindow, language),
    abilities.length === 0 ? undefined : abilities.join(t(', ')),
    model.prices && describePrices(model.prices, t, language),
    name === model.id ? undefined : model.id,
  ]
    .filter((note) => note !== undefined && note !== '')
    .join(' · ');
}

/**
 * Writes a number of tokens as the makers of models do: 128000 and 131072 are both "128K", 1048576 is "1M".
 */
function shortCount(tokens: number, language: string): string {
  const format = (value: number, digits: number): string =>
    value.toLocaleString(language, { maximumFractionDigits: digits });
  const kilo = tokens % 1000 !== 0 && tokens % 1024 === 0 ? 1024 : 1000;
  if (tokens >= 999_500) return `${format(tokens / kilo ** 2, 1)}M`;
  return tokens < 1000 ? format(tokens, 0) : `${format(tokens / kilo, 0)}K`;
}

function describePrices(prices: ModelPrices, t: Translate, language: string): string | undefined {
  const { input, output, request, isLowest } = prices;
  const currency = currencyCode(prices.currency ?? '') ?? 'USD';
  const sum = (value: number): string => {
    const amount = formatPrice(value, currency, language);
    return isLowest === true ? t('from {0}', amount) : amount;
  };
  if ([input, output, request].every((price) => price === undefined || price === 0))
    return input === undefined && request === undefined ? undefined : t('free');
  const perTokens =
    input !== undefined && output !== undefined
      ? t('{0} in, {1} out per 1M', sum(input), sum(output))
      : input !== undefined
        ? t('{0} in per 1M', sum(input))
        : output !== undefined && t('{0} out per 1M', sum(output));
  const perRequest = request !== undefined && request > 0 && t('{0} per request', sum(request));
  return [perTokens, perRequest].filter((part) => part !== false).join(' + ');
}
