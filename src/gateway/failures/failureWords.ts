/*
 * Wordings of gateway errors, for the rules in `failureEvidence`. All are tried on the result of `normaliseWords`: lower
 * case, one space between words, ASCII quotes. Languages: English, Simplified and Traditional Chinese, Japanese, Korean,
 * Russian, Spanish, Portuguese, Italian, French, German, and a few others for payment.
 */

import { LazyExpression } from '../../core/text/lazyExpression';

/** Makes one expression of several alternatives. Each alternative must match text of bounded length, because a gateway may be hostile. */
export const any = (...alternatives: readonly string[]): LazyExpression =>
  new LazyExpression(alternatives.join('|'), 'u');
/** Makes a pattern for two phrases in either order with at most `gap` characters between them. */
const near = (left: string, right: string, gap: number): string =>
  `(?:${left})[^]{0,${gap}}?(?:${right})|(?:${right})[^]{0,${gap}}?(?:${left})`;

/** A limit per period of time, which ends by itself. */
const passes = any(
  String.raw`\bper (?:min|minute|second|sec|hour|day)\b|\b[tr]p[mdh]\b|rate[ _-]?limit|throttl|(?:try|retry)(?: your request| again)? (?:in|after) \d`,
  '(?:每|一)(?:分钟|分鐘|秒)|秒(?:后|後)|分あたり|分当たり|レート|분당|в минуту|por minuto|par minute|pro minute|al minuto',
);

/** A quota or balance is used up. Only a payment or days of waiting restore it. */
const payment: readonly string[] = [
  near(
    String.raw`\b(?:insufficient|not enough|too low|exhausted|depleted|used up|used all|run out|ran out|out of|no remaining|negative|is 0|zero|not sufficient|have expired)\b`,
    String.raw`(?<!load[ -])\bbalance\b(?! ?(?:backend|group|policy|strategy))|\bcredits?\b|\bfunds\b`,
    30,
  ),
  String.raw`\b(?:insufficient|not enough|exhausted) (?:\w{1,12} )?(?<!disk |storage |memory )quota\b`,
  String.raw`(?<!disk |storage |memory )\bquota (?:is |has been )?(?:insufficient|exhausted|used up|not enough|depleted)`,
  String.raw`exceeded your current quota|\bno resource package|requires? more credits|\bspending limit|billing (?:hard limit|limit|details|account|not active|is disabled)|plans? (?:&|and) billing`,
  String.raw`(?:purchase|buy|add)(?: more)? (?:credits?|funds)|\b(?:please|to) (?:recharge|top[ -]?up)|recharge your|top[ -]?up your|payment (?:is )?(?:required|overdue|method)|unpaid (?:invoice|bill)|in arrears|account (?:is |has )?(?:an )?(?:overdue|in good standing)|budget (?:has been |is )?exceeded|exceeded (?:\w{1,12} )?budget`,
  // Chinese, simplified and traditional
  '(?:余额|额度|点数|积分)不够|(?:餘額|額度|點數|積分)不夠|余额(?:不足|已用|耗尽|已?为(?:零|负| ?0)|过低)|餘額(?:不足|已用|耗盡|為零|過低)|(?:额度|配额|点数|积分|算力|資金|资金)(?:不足|已用|耗尽|用尽|用完|已达)|(?:額度|配額|點數|積分)(?:不足|已用|耗盡|用盡|用完)|剩余额度|欠费|欠費|(?:请|請)(?:您)?(?:先|及时|前往|尽快)?(?:充值|儲值|续费|續費)|资源包|套餐(?:已|余量)|免费额度|预扣费',
  // Japanese, Korean
  '残高(?:が)?(?:不足|足り|あり)|クレジット(?:が|の)?(?:不足|足り|切れ|残高|ありません|使い切)|チャージしてください|支払いが必要|料金(?:が)?未払',
  '잔액(?:이)? ?(?:부족|없)|크레딧(?:이|을)? ?(?:부족|소진|모두|없)|충전(?:해|이 필요)|결제(?:가|를) ?(?:필요|확인)|요금 ?미납',
  // Russian, Spanish, Portuguese, Italian, French, German, Vietnamese, Turkish, Polish
  near(
    String.raw`средств\p{L}{0,2}|кредит\p{L}{0,3}|баланс\p{L}{0,2}`,
    String.raw`закончил\p{L}{1,3}|исчерпан\p{L}{0,2}|недостаточн\p{L}{1,2}|не хватает|пополните`,
    20,
  ),
  near(
    String.raw`\b(?:saldo|cr[eé]ditos?|crédits?|fondos|fundos|credito|crediti|fondi|solde|fonds|guthaben|kontostand)\b`,
    String.raw`insufi?cient\p{L}{1,2}|insuffi[cs]\p{L}{2,5}|agotad[oa]s?|esgotad[oa]s?|esaurit[oi]|épuisés?|plus de|aufgebraucht|erschöpft|zu niedrig|nicht aus|aufladen`,
    20,
  ),
  String.raw`недостаточно (?:средств|кредитов|баланса|денег)|баланс\p{L}{0,2} (?:исчерпан|отрицател|недостаточ|равен)|пополните (?:баланс|счет|счёт)|(?:средства|кредиты) (?:закончились|исчерпаны)`,
  String.raw`(?:saldo|cr[eé]ditos?|fondos|fundos|credito|crediti|fondi|solde|crédits?|fonds) (?:(?:es|está|est|sont|son|é|são|è|sono) )?(?:insuficientes?|insufficient[ei]|insuffisants?|agotad\p{L}{1,2}|esgotad\p{L}{1,2}|esaurit[oi]|épuisés?)|(?:saldo|cr[eé]dito) (?:no es )?suficiente|sin (?:saldo|crédito)|sem saldo|recargue|recarregue`,
  String.raw`guthaben (?:\p{L}{1,6} )?(?:aufgebraucht|nicht aus|erschöpft|reicht nicht|zu niedrig)|nicht (?:genügend|genug) guthaben|unzureichendes guthaben|số dư không đủ|yetersiz bakiye|niewystarczające środki`,
];

/** A name of a key. `key` and `token` alone also occur in many other errors. */
const credential = String.raw`\b(?:api|access|secret|auth|authentication|authorization|bearer|subscription|session)[ _-]?(?:key|token|credential)s?\b|\bapikeys?\b`;
/** The key is wrong, missing or expired. */
const wrongKey: readonly string[] = [
  near(
    credential,
    String.raw`\b(?:invalid|incorrect|wrong|malformed|expired|revoked|disabled|deactivated|unrecognized|missing|leaked|not valid|not found|required|not provided|no longer valid|must provide|need to provide|does not exist|didn't provide|did not provide|unauthori[sz]ed|not exist|rejected)\b`,
    40,
  ),
  String.raw`\b(?:no|without(?: an?)?|pass an?|use another|provide an?|carry the) (?:valid )?(?:api|access|secret|api secret)[ _-]?key\b`,
  String.raw`(?<!proxy )\bauthentication (?:failed|failure|error|is required|required|unsuccessful)|failed to authenticate|could not authenticate|not authenticated|\bunauthenticated\b|invalid authentication|login fail|unregistered callers|incorrect credentials|invalid credentials`,
  '(?:无效|無效|错误|錯誤|非法|不正确|不正確|过期|過期|失效|缺少|未提供|缺失|没有)(?:的)? ?(?:api ?)?(?:密钥|密鑰|金鑰|秘钥|令牌(?!数|數|桶|额度|額度|总)|权杖|權杖|api[ _-]?key)',
  '(?:密钥|密鑰|金鑰|秘钥|令牌|权杖|權杖|api[ _-]?key)(?:是|为|為|已|已经|已經)? ?(?:无效|無效|错误|錯誤|不正确|不正確|不存在|过期|過期|失效|被禁用|状态不可用|狀態不可用|验证失败|驗證失敗|有误|有誤)',
  '(?:请检查|請檢查|请核对)(?:您的|你的)? ?(?:api ?)?(?:密钥|金鑰|密鑰|key)|未(?:收到|携带|提供).{0,12}(?:authorization|authentication|认证|鉴权)|无法进行身份验证|身份(?:验证|认证|校验)(?:失败|错误|未通过)|身分(?:驗證|認證)(?:失敗|錯誤)|鉴权失败|鑑權失敗|认证失败|認證失敗|未提供认证|未授权(?:的)?(?:访问|请求)',
  '(?:api ?キー|認証情報|アクセストークン)(?:が|は)? ?(?:無効|正しく|間違|見つかり|期限切れ|不正|ありません)|無効な ?api ?キー|認証(?:に)?(?:失敗|エラー)',
  '(?:잘못된|유효하지 않은|만료된) ?api ?키|api ?키(?:가|는|이)? ?(?:유효하지|잘못|올바르지|만료|없)|인증(?:에)? ?(?:실패|오류)',
  String.raw`(?:неверн|недействительн|некорректн|неправильн|просрочен)\p{L}{2,3} (?:api[ -]?)?(?:ключ|токен (?:доступа|авторизации))|(?:api[ -]?)?ключ(?: api)? (?:недействител|невер|не найден|ист[её]к|просрочен|отсутств)|ошибка (?:авторизации|аутентификации)`,
  String.raw`(?:clave|llave|chave|chiave|clé|clef)(?: de| d'| di| da)? ?api (?:(?:es|no es|n'est pas|est|é|não é|è|non è) )?(?:no válida|inv[aá]lida|válida|incorrecta|incorreta|expirada|non valida|non valide|valide|invalide|incorrecte|errata|caducada)|api[ -]?key (?:inv[aá]lida|non valida|invalide)`,
  String.raw`(?:autenticaci[oó]n|autentica[cç][aã]o|autenticazione) (?:fallida|falló|falhou|fallita)|[eé]chec de l'authentification|authentifizierung fehlgeschlagen|(?:ungültiger|falscher|abgelaufener) api[ -]?schlüssel|api[ -]?schlüssel (?:ist )?(?:ungültig|nicht gültig|falsch|abgelaufen)`,
];

/** The conversation does not fit into the context window. */
const tooLong: readonly string[] = [
  near(
    String.raw`\bcontext[ _-]?(?:length|window|size|limit)\b|\bn_ctx\b|\bmax_model_len\b|\bmaximum (?:prompt|model|sequence) length`,
    String.raw`\bexceed\w{0,4}\b|\btoo (?:long|large|big|small|many)\b|\b(?:longer|larger|greater|bigger|more) than\b|\boverflow\w{0,5}\b|\bnot enough\b|\bmaximum\b|\bmax\b|\breached\b|\bis only\b|\blimit\b`,
    90,
  ),
  String.raw`\bcontext overflow|sequence length \d{1,9} is longer than|exceed\w{0,4} (?:the )?max(?:imum)? context|context the overflows|exceeds? (?:the )?(?:model'?s? )?(?:max(?:imum)? )?context\b(?! deadline)`,
  String.raw`\b(?:prompt|inputs?|conversation|chat|history|query|messages?)(?: (?:text|tokens?|content|length|history))? (?:is |are |was |were )?(?:far |way |much )?too (?:long|large|big)\b`,
  String.raw`(?:content|input|prompt)\S{0,4} string too long|range of input length should be|exceeds? (?:the )?max(?:imum)? (?:message tokens|input (?:length|characters|tokens)|prompt length)|input length \S{0,12} ?(?:tokens\)? )?exceeds`,
  String.raw`reduce the length of|(?:shorten|reduce) (?:your|the) (?:prompt|input|messages?|conversation|context)|prompt exceeds? max`,
  near(
    '上下文|语境|語境|提示词|提示詞|提示|prompt|输入(?:内容|长度|文本)?|輸入(?:內容|長度)?|(?:请求|請求)(?:体|體|长度|長度|内容|內容|的? ?token)|消息(?:内容|长度)?|訊息(?:內容|長度)?|对话|對話|文本长度|token ?(?:数|數|长度|長度|数量|數量|总数|總數)?',
    '过长|過長|太长|太長|超长|超長|超(?:出|过|過|限|越)|大于|大於|越界',
    24,
  ),
  near('コンテキスト|トークン(?:数|長)?|プロンプト|入力', '超え|超過|長すぎ|大きすぎ|上限を|上限に', 24),
  near('컨텍스트|토큰(?: ?수)?|프롬프트|입력', '초과|너무 ?(?:깁|길|긴|큽|많)|넘었|넘습', 24),
  near(
    String.raw`контекст\p{L}{0,4}|промпт\p{L}{0,3}|токен\p{L}{0,3}|(?:длин|размер)\p{L}{1,3} запроса|\bзапрос\b`,
    String.raw`превыша\p{L}{1,3}|превышен\p{L}{0,2}|слишком (?:длинн|больш|велик)\p{L}{0,3}|длиннее`,
    50,
  ),
  near(
    String.raw`\b(?:contexto|prompt|mensajes?|mensagens?|conversaci[oó]n|entrada|tokens?|contesto|contexte|invite|requête est|kontext\p{L}{0,10}|eingabe|anfrage ist)\b`,
    String.raw`(?<!\p{L})(?:excede|excedido|supera|superado|sobrepasa|demasiado larg\p{L}|muito long\p{L}|ultrapassa|troppo lung\p{L}|dépasse|trop long(?:ue)?s?|überschreitet|überschritten|zu lang)\b`,
    50,
  ),
];
/** The number of tokens exceeds a limit. With some statuses this may be a rate limit, so the rule names its statuses. */
const tooManyTokens: readonly string[] = [
  near(
    String.raw`\b(?:input|prompt|total|requested|message)[ _]tokens?\b|\btokens? (?:count|length|limit|number)\b|\bnumber of (?:input |prompt )?tokens\b|\btokens in (?:the|your) (?:prompt|messages|request|input)`,
    String.raw`\bexceed\w{0,4}\b|\b(?:greater|more|larger|longer) than\b|\bmaximum\b|\bmax\b|\bup to\b|\btoo (?:many|large|long|high)\b|\bat most\b|\bcannot exceed\b|<=|\blimit\b`,
    60,
  ),
  String.raw`\btoo many (?:input |prompt )?tokens\b|requested tokens \(\d|tokens? \+ .?max_new_tokens.? must be|exceed\w{0,3} (?:the )?(?:model'?s? )?(?:max(?:imum)? )?(?:token|input|length) (?:limit|length)`,
  String.raw`inputs.{0,3} must have less than \d|(?:prompt|request|input|messages) (?:has|have|contains?) \d{1,9} tokens`,
];
/** The limit is about the answer or about a rate, not about the context window: a shorter prompt does not help. */
const notTheWindow = new LazyExpression(
  String.raw`${passes.source}|(?<!\+ .?)max_?(?:completion_|new_|output_)?tokens\S{0,3}(?: or \S{1,30})? (?:is |are )?(?:too (?:large|big|high)|must be|should be)|completion tokens, whereas|wait before|daily|monthly|\bquota\b|每日|每天|次数|次數|频率|頻率|速率|并发|請求數|请求数|リクエスト数|요청 ?(?:수|한도)|лимит запросов|много запросов|квот`,
  'u',
);

/** A content filter rejected the prompt. */
const filtered: readonly string[] = [
  String.raw`\bcontent (?:management )?polic(?:y|ies)|\bcontent[ _-]?(?:filter|moderation|safety)|\busage polic(?:y|ies)|\bsafety (?:system|filter|polic|reasons|guidelines|checks?)|\b(?:inappropriate|prohibited|harmful|unsafe|illegal) content|content exists risk|\bhigh[ -]risk\b`,
  String.raw`\b(?:input|prompt|content|request|message|text|output|question)(?: \w{1,12}){0,4} (?:flagged|inappropriate|harmful|unsafe|disallowed)\b|\bflagged (?:for|as|by)\b|(?<!case[ -])\bsensitive (?:content|words?|information|data)|violat\w{1,4} (?:our |the |of )?(?:\w{1,12} ){0,3}polic|blocked (?:by|due to|for) (?:our |the )?(?:safety|content|moderation)`,
  '敏感(?:词|詞|内容|內容|信息|資訊|字)|(?:内容|內容)(?:安全|审核|審核|违规|違規|不安全|不当|不當)|不安全(?:内容|內容|或)|(?:审核|審核)(?:未|不)(?:通过|通過)|违规|違規|不合规|不合規|(?:違反|违反|違反).{0,12}(?:政策|规定|規定|条例|法律|法规)|不(?:当|當|良)(?:内容|內容|信息)|安全策略|风控',
  '不適切な|コンテンツ ?(?:ポリシー|フィルタ)|有害な(?:内容|コンテンツ)|ポリシーに違反|콘텐츠 ?(?:정책|필터)|부적절한|유해한|정책(?:을|에) ?위반',
  String.raw`политик\p{L}{1,2} (?:контента|безопасности|использования)|недопустим\p{L}{2,3} (?:контент|содержани)|неприемлем\p{L}{2,3} (?:контент|содержани)|pol[ií]ticas? de (?:contenidos?|conteúdo|uso)|(?:contenido|conteúdo|contenu|inhalt)\b.{0,40}(?:pol[ií]tic|infring|viola|filtr|enfreint|verstößt)|contenido (?:inapropiado|inadecuado)|conteúdo (?:impróprio|inadequado)|politique (?:de contenu|d'utilisation)|contenu inappropri|inhaltsrichtlinie|inhaltsfilter|unangemessene inhalte|contenut[oi] inappropriat`,
];

/** The gateway does not know the model, or has no server for it. */
const noModel: readonly string[] = [
  String.raw`\bmodels?\b(?: (?:id|name|named|called|with id))?[ :=]{0,3}['"]?[\w./:@+-]{0,100}['"]?,? ?(?:\([^)]{0,60}\) ?)?(?:which you requested )?(?:disabled or )?(?:(?:is|are|was|could|can|does|do|did)? ?(?:not|n't)(?: be)? ?(?:found|exist\b|available\b|supported\b|a valid|valid\b|recogni[sz]ed|known|enabled|activated|deployed|installed|served)|cannot be found|doesn't exist|isn't (?:available|supported|valid)|no longer (?:available|supported|exists)|(?:has been|is|was) (?:deprecated|decommissioned|retired|discontinued|shut ?down)|unknown\b)`,
  String.raw`\b(?:unknown|invalid|unsupported|no such|nonexistent|unrecogni[sz]ed|cannot find|could not find|couldn't find) (?:the )?models?\b(?! ?(?:output|response|reply|param|setting|config|type|message|role|version))|\bno models? (?:loaded|found|available|named)`,
  String.raw`\bno (?:available )?channels?\b|\bno (?:allowed )?(?:providers?|endpoints?) (?:are |is )?(?:available|found)(?! that support)|not a valid model|\bdeployment\b.{0,60}(?:does not exist|not found)`,
  '(?:找不到|未找到|没有找到|沒有找到).{0,6}模型|模型.{0,80}(?:不存在|未找到|找不到|无可用|無可用|已下线|已下線|已下架|未开通|未開通|未启用)|(?:无|無|没有|沒有)可用(?:的)?(?:渠道|通道|模型)|(?:未知|无效|無效|不支持|不支援)(?:的)?模型|不是有效(?:的)?模型',
  '(?:存在しない|不明な)モデル|モデル.{0,80}(?:存在しません|見つかりません|利用できません)|모델.{0,80}(?:찾을 수 없|존재하지 않|사용할 수 없)',
  String.raw`модел\p{L}{1,2}.{0,80}(?:не найден|не существует|недоступн)|\bmod[eè]l[oeil]{0,2}\b.{0,80}(?:no existe|no encontrado|no se encontró|desconocido|não (?:existe|encontrado)|desconhecido|inconnue?|introuvable|n'existe pas|nicht gefunden|existiert nicht|non (?:esiste|trovato))|unbekanntes modell|неизвестн\p{L}{2} модел|такой модели (?:нет|не)`,
];
/** The problem is temporary. */
const temporary =
  /temporar|currently|try again|retry|overload|loading|warming|busy|稍后|稍後|重试|重試|暂时|暫時|繁忙|饱和|しばらく|잠시|позже|más tarde|plus tard|später/u;

/** The gateway has no endpoint at this path. */
const noEndpoint: readonly string[] = [
  String.raw`\b(?:unknown|invalid|unrecogni[sz]ed|unexpected|no matching|no such|unsupported) (?:request )?(?:url|endpoint|route|path|uri)\b|\bcannot (?:get|post|put) /|\bno route\b|\bno static resource\b|\bapi not found\b|\bmethod not allowed|\bmethod \S{0,8} ?(?:is )?not (?:allowed|supported)`,
  String.raw`\b(?:url|endpoint|page|path|route|file|handler|uri|operation|resource)\b(?: \S{1,120})? (?:was |is |could |does |you requested |you are looking for does )?(?:not (?:be )?(?:found|exist)|unknown)`,
  '(?:未找到|找不到).{0,8}(?:接口|资源|資源|页面|頁面|路径|路徑)|(?:接口|资源|資源|路径|路徑|路由|页面|頁面|请求地址|請求地址|网址|網址|端点|端點)(?:不存在|错误|錯誤|未找到|有误)|找不到(?:页面|頁面|路径|路徑|接口|该接口)|不支持.{0,6}(?:get|post).{0,6}(?:方法|请求)',
  String.raw`ページが見つかりません|エンドポイント.{0,12}(?:存在し|見つかり)|페이지를 찾을 수 없|страница не найдена|маршрут не найден|(?:página|ruta|dirección) no encontrada|rota não encontrada|route (?:introuvable|non trouvée|inconnue)|pfad nicht gefunden|página não encontrada|page (?:introuvable|non trouvée)|seite (?:wurde )?nicht gefunden|pagina non trovata`,
  // Nothing but the words of "404 Not Found", in any order and number.
  String.raw`^(?:[\P{L}]|error|not|found|page|the|requested|resource|was|is|on|this|server|message|detail|status|code|null)*$`,
];

/** The gateway does not serve the user's region. */
const otherRegion: readonly string[] = [
  String.raw`\b(?:user|your|client) (?:location|country|region|territory|area)\b.{0,40}not (?:supported|available|allowed|served)|\bcountry, region|not (?:available|supported|offered) in your (?:country|region|location|territory|area)|access from your (?:country|region|location)|(?:country|territory) (?:is )?not supported`,
  '(?:您|你|用户|用戶)?(?:所在|当前)的?(?:地区|区域|国家|地區|區域|國家).{0,12}(?:不|无法|無法|限制|禁止)|(?:不支持|不支援|限制)(?:您|你)?(?:所在)?的?(?:地区|地區|国家|國家)',
  String.raw`お住まいの(?:国|地域)|귀하의 (?:국가|지역)|(?:вашем|вашей) (?:регион|стран)\p{L}{1,2}|(?:su|tu) (?:país|región)|votre (?:pays|région)|ihr(?:em|er) (?:land|region)`,
];

/** The server is still loading the model. */
const loading: readonly string[] = [
  String.raw`\bloading (?:the )?model|\bmodels?\b.{0,60}?\b(?:loading|being loaded|starting|warming up|initiali[sz]ing|not (?:yet )?(?:ready|loaded)\b)|\bwarming up\b|\bcold start|still loading`,
  '模型.{0,20}(?:加载中|加載中|载入中|載入中|启动中|啟動中|正在加载|正在加載|正在载入|正在載入|正在启动|预热|預熱|尚未(?:加载|就绪|載入|就緒))|正在(?:加载|加載|载入|載入|启动|啟動).{0,6}模型',
  String.raw`モデル.{0,20}(?:読み込|ロード|起動)(?:み)?中|모델.{0,20}(?:로드|로딩|불러오는) ?중|модел\p{L}{1,2}.{0,20}загружа|загрузка модели|cargando (?:el )?modelo|carregando (?:o )?modelo|modell wird (?:noch |gerade )?geladen|chargement du modèle|modèle .{0,20}cours de chargement|caricamento del modello`,
];
/** The model could not be loaded. */
const loadingFailed =
  /fail|error (?:while )?loading|unable|could ?n[o']t|cannot|terminated|crash|memory|not found|corrupt|exit|失败|失敗|无法|無法|错误|錯誤|できません|실패|ошибк|не удалось|error al|impossible|nicht (?:geladen|gefunden)/u;

/** Too many requests in a short time. */
const tooOften: readonly string[] = [
  String.raw`\brate[ _-]?limit|\brate exceeded|too many requests|\bthrottl|\brequests? per (?:minute|second|hour|day)|\bslow down\b|concurrency limit|too many concurrent`,
  '(?:请求|请求数|访问|調用|调用|請求|存取)(?:过于|過於|太|太过|次数)?(?:频繁|頻繁|过多|過多)|频率(?:限制|过高|超限|超出)|頻率(?:限制|過高|超出)|速率(?:限制|超)|并发(?:数)?(?:超|过高|限制|已达)|限流|限速',
  String.raw`レート制限|リクエストが多すぎ|요청이 너무 많|속도 제한|слишком много запросов|лимит запросов|demasiadas (?:solicitudes|peticiones)|límite de (?:tasa|velocidad|solicitudes)|trop de requêtes|zu viele anfragen|troppe richieste|muitas (?:requisições|solicitações)`,
];

/** Names of what a request contains. llama.cpp and other servers reject a request with 500 although 400 would be right. */
const partOfRequest = String.raw`\b(?:image|picture|vision|multimodal|mmproj|audio|video|tools?|tool_choice|functions?|function call\w{0,3}|system|role|roles|messages?|content|content part|image_url|input|variant|param|parameters?|params|fields?|arguments?|argument|properties|property|stream|streaming|logprobs|completion choice|temperature|top_p|max_tokens|response_format|json[_ ]schema|grammar|schema|template|jinja|prompt|stop|penalty|n)\b|参数|參數|字段|欄位|消息|訊息|图片|图像|圖片|图像|工具|函数|角色|パラメータ|画像|매개변수|이미지|параметр|изображени|parámetro|paramètre|parameter|im[aá]gen(?:es)?|immagin[ei]|bilder|bild`;
const refusedAs = String.raw`\bnot (?:be )?(?:support|allow|permit|accept|valid|implement)\w{0,3}\b|n't support|\bnot enabled\b|\bunsupported\b|\bdisallowed\b|\binvalid\b|\bis required\b|\bare required\b|\brequires? -|\bmissing\b|\bcannot use\b|\bonly (?:one|a single|the default|supports?)\b|\bmust (?:be|contain|have|alternate|start)\b|\bunknown\b|\bunrecogni[sz]ed\b|\bunexpected (?:field|role|key|parameter|argument)|\bfailed to parse\b|\bnot permitted\b|\bconversion failed\b|不支持|不支援|无效|無效|不合法|非法|缺少|必须|必須|不能|不允许|错误|サポートされ|無効|対応して|지원(?:하지|되지)|잘못된|не поддерж|недопустим|неверн|no (?:es )?compatible|no (?:se )?admite|non supporté|nicht unterstützt|ungültig`;
/** The server rejects the content of the request. */
const refusedRequest: readonly string[] = [
  near(partOfRequest, refusedAs, 60),
  String.raw`raise_exception|jinja exception|extra inputs are not permitted|\bfield required\b|value error, |conversation roles must|roles must alternate|json\.exception|requires --jinja|\bbad request\b|\binvalid request\b|请求(?:参数|格式)(?:错误|有误|不正确)`,
];
/** A fault inside the server that uses the same words. */
const serverFault =
  /\bupstream (?:connect|timed|timeout|reset|content|message|server|response|reply)|from (?:the )?upstream|\bcache\b|nil pointer|nonetype|operand|segment|\bmemory\b|cuda|connection|socket|certificate|x509|\btls\b|database|redis|\bsql\b|deadlock|timed? ?out|deadline|protocol scheme|looking for beginning of value|unexpected (?:token|end|eof)|\beof\b|traceback|try again|overload|temporar|busy|unavailable|panic|keyerror|attributeerror|null reference|nullpointer|undefined|稍后|稍後|重试|重試|繁忙|超时|逾時/u;

/** The wordings, by what they say. */
export const failureWords = {
  passes,
  payment,
  wrongKey,
  tooLong,
  tooManyTokens,
  notTheWindow,
  filtered,
  noModel,
  temporary,
  noEndpoint,
  otherRegion,
  loading,
  loadingFailed,
  tooOften,
  refusedRequest,
  serverFault,
};
