import { LazyExpression } from '../../core/text/lazyExpression';
import { anyOf, refusing } from './sentencesOf';
import {
  arrayContent,
  callSignatures,
  channelMarks,
  missingReasoning,
  missingSignature,
  nullContent,
  reasoningContent,
  reasoningDetails,
  roleOrder,
  systemRole,
  toolMessages,
  unreadablePictures,
} from './messageForm';

// Each expression is tried on one sentence of an error, so that words of different sentences are not combined.

/** Words for a picture, but not names that contain such a word (`gpt-image-1`, `docker image`). */
const picture = anyOf(
  '(?<![\\w./-])(?:images?|pictures?|photos?|vision|visual|vlm|multi-?modal(?:ity|ities)?)(?![\\w/-]|\\.\\w)',
  '(?<![\\w])(?:image_?urls?|input_image|image_input|image url)(?!\\w)',
  '图片|图像|圖片|圖像|照片|视觉|視覺|识图|識圖|多模态|多模態|画像|이미지|изображени|\\bbild(?:er|eingaben?)?\\b|\\bim[áa]ge(?:n|nes|m|ns)\\b|\\bimmagin[ei]\\b|hình ảnh|\\bgambar\\b|görüntü',
);
/** Phrases with a word for a picture that do not mean a picture in a message. */
const otherPicture = new LazyExpression(
  anyOf(
    '(?:docker|container|disk|base|boot|vm|kernel|system|runtime)[ -]images?|images? (?:generat|creat|edit|variat|synthes)\\w*|(?:generat|creat|edit|draw|render|produc)\\w* (?:an? |any |of |the |your )?(?:images?|pictures?)|text[- ]to[- ]image',
    'images? descriptions?|(?:vision|visual|multi-?modal) (?:models?|apis?|endpoints?|preview|services?|encoders?|backends?|servers?)\\b|images? (?:models?|tags?|registr\\w+|pull|quota|services?|servers?|backends?|workers?|queues?|endpoints?|api|pipelines?|names?|processing service|proxy|cdn|host)\\b',
    '画像(?:の|を)?生成|生成(?:图|圖)|(?:图片|图像|圖片|圖像)(?:生成|编辑|服务|模型|接口)|绘图|繪圖|画图|生图|文生图',
  ).source,
  'giu',
);
/** A problem of one picture: the model may accept another one. */
const pictureProblem = anyOf(
  '\\b(?:formats?|corrupt\\w*|decod\\w*|download\\w*|fetch\\w*|retriev\\w*|too (?:large|big|small|many|long)|exceed\\w*|resolution|dimensions?|megapixels?|\\d ?[km]b\\b|bytes|inaccessible|unreachable|expired|timed? ?out|mime|media type|safety|unsafe|nsfw|base64|broken|not found|valid image|image data|unsupported image(?! inputs?)|unable to process|could not (?:be )?(?:process|load|read|open|pars)\\w*|failed to (?:process|load|read|open|pars)\\w*|invalid image)\\b',
  '格式|过大|過大|太大|超过|超過|下载|下載|解码|解碼|无法访问|損壞|损坏|失效|过期|尺寸|分辨率|形式|サイズ|형식|크기',
);
/** Says that something failed. */
const failing = anyOf(
  "invalid|unsupported|unknown|fail|could ?n['’]?o?t|cannot|unable|error|too |exceed|\\bnot\\b|unsafe|expired|must be|should be|无法|無法|失败|失敗|错误|錯誤|不支持|不支援|超|过|過|不|できません|않",
);
/** Says that the model accepts only text. */
const textOnly = anyOf(
  '\\btext[- ]only (?:model|input|content|message)|only (?:supports?|accepts?|takes?|handles?|allows?) (?:plain )?text\\b|(?:only|just) text (?:input|content|messages?|parts?|is\\b)|supports? only text',
  'content.{0,60}(?:permitted|expected|allowed|one of)\\W{0,8}text\\b|unsupported content (?:part|type)|(?:content|part) type .{0,40}(?:not|un)\\W?(?:be )?(?:support|allow|recogni[sz]|known)',
  '(?:仅|只|僅)(?:支持|支援|接受|能处理)(?:纯|純)? ?(?:文本|文字|text)|(?:纯|純)(?:文本|文字)模型|非多模态|非多模態',
);
/** Says that the model accepts no picture at all. */
const takesNone = anyOf(
  "at most 0|\\b0 images?|\\bno (?:images?|pictures?|vision)(?: inputs?)? (?:are |is )?(?:support|allow|accept|permit)|does(?:n['’]t| not) (?:have|include) (?:an? |any )?(?:vision|image|visual)|non-?multi-?modal|unimodal|mmproj|missing .{0,40}(?:image|vision)|should be .?text\\b|(?:permitted|expected|allowed|one of|to be|tags)\\W{0,12}(?:tags\\W{1,3})?text\\b|unknown (?:variant|part|content|type)|invalid (?:content|part|type)|without (?:vision|multi)|image inputs? (?:is|are) (?:not|disabled)",
);
const isNoVisionModel = anyOf("\\b(?:not|n[’']t) (?:an? )?(?:multi-?modal|vision|visual|vlm)\\b");
const seesNone = anyOf(
  "(?:cannot|can['’]t|can not|unable to|does not|doesn['’]t) (?:currently )?(?:process|see|read|view|handle|understand|accept|take|look at) (?:image inputs?|images|pictures|photos|vision)",
);

/** Says that the content of a message must be a string. Needs no other sign. */
const wantsString = anyOf(
  'invalid type: sequence, expected a string',
  'unknown variant .?image_url',
  'content.{0,80}(?:must|should|has to) be (?:a |of type )?(?:valid )?.?str',
  '(?:valid |expected (?:a )?|must be (?:a )?|should be (?:a )?)(?:string|str)\\b.{0,200}content',
  "(?:expected|require[sd]?) .{0,40}content.{0,40}(?:string|str)\\b|content'? is not of type 'string'|content.{0,60}(?:got|but found) an? (?:array|list|object)",
  'content.{0,40}(?:必须|必須|应为|應為|应该|只能|需要|需为)(?:是|为|為)?.{0,6}(?:字符串|字串|文本|string)',
  'can(?:not| only) (?:unmarshal|concatenate) (?:array|str).{0,80}(?:content|string|list)',
);
const arrays = anyOf(
  '\\bcontent.{0,30}\\b(?:array|list|parts?)\\b|\\b(?:array|list|parts?)\\b.{0,30}\\bcontent|content.{0,10}(?:数组|數組|列表)',
);

const system = anyOf(
  '\\bsystem[ _-]?(?:roles?|messages?|prompts?|instructions?)\\b|roles?\\W{0,3}(?:of |is |named |called |: ?)?\\W{0,2}system\\b|["\'`“‘]system["\'`”’]\\W{1,3}(?:message |prompt )?(?:role|message)?|\\bsystem\\W{1,3}role|\\brole.{0,60}["\'`“]system["\'`”]|developer (?:instruction|role|message)s?',
  '系统(?:角色|消息|提示|指令)|系統(?:角色|訊息|消息|提示|指令)|system ?(?:角色|消息|提示|指令)|角色\\W{0,3}system|(?:messages?|instructions?|rôle) syst[èe]me|(?:rol|papel|mensajes?|mensage(?:m|ns)) (?:de |do |del )?s[iy]stem|システム(?:ロール|メッセージ|プロンプト)|시스템 (?:역할|메시지|프롬프트)|системн\\p{L}+ (?:роль|сообщени|промпт)|system-?(?:rolle|nachricht|prompt)',
);
/** The error is about the length or the text of the system message, not about its role. */
const systemValue = anyOf(
  'too long|too large|exceed|length|longer|characters|tokens|policy|moderat|filter|safety|template|variable|syntax|blocked|过长|過長|太长|超过|超過|违规|敏感',
);
/** Lists the roles that the gateway accepts. */
const roleList = anyOf(
  '(?:only|must be|should be|expected|permitted|supported|allowed|valid|one of|accepts?|either)\\b[^]*\\buser\\b[^]{0,40}\\b(?:assistant|model|bot|ai)\\b|\\buser\\b[^]{0,40}\\b(?:assistant|model|bot|ai)\\b[^]{0,60}\\b(?:only|supported|allowed|valid|accepted)\\b|\\bvalid roles?\\b.{0,20}\\buser\\b',
  '(?:只|仅|僅|必须|必須|应|應|需)[^]{0,30}user[^]{0,20}(?:assistant|model|bot)|user[^]{0,20}(?:assistant|model|bot)[^]{0,20}(?:之一|两种|兩種|only)',
);
const roles = anyOf('\\broles?\\b|角色|ロール|역할|роль|rolle');
const speakers = anyOf(
  '\\b(?:user|assistant|model|messages?|roles?|turns?|system)\\b|消息|訊息|角色|用户|用戶|役割|ロール|メッセージ|메시지|сообщени',
);
const order = anyOf(
  '\\broles?\\b.{0,40}\\balternat|\\balternate between\\b|\\b(?:must|should|to) alternate\\b|\\balternating (?:roles?|user|messages?|turns?)|\\balternance|\\balterner\\b|\\balternar|abwechsel|交替|轮流|輪流|交互|必须以.{0,10}(?:user|用户).{0,10}(?:开头|开始|结尾|结束)|번갈아|чередова',
  '\\bconsecutive\\b.{0,20}\\b(?:user|assistant|roles?|same)\\b|\\b(?:user|assistant|roles?)\\b.{0,30}\\b(?:consecutive|in a row|back[- ]to[- ]back)\\b|same roles?\\b|连续.{0,12}(?:user|assistant|角色|用户|消息)|連續.{0,12}(?:user|assistant|角色|用戶|訊息)|連続|연속|aufeinander ?folgend|consécuti|consecutiv[oa]s|подряд',
  'first (?:non-system |conversation )?(?:message|turn|role|content)\\b.{0,60}\\b(?:must|should|has to|have to|needs? to|can only|expected|be|is)\\b.{0,40}\\b(?:user|system|assistant|human)\\b|(?:must|should|has to|have to|needs? to|can only|always) (?:start|begin) with.{0,40}\\b(?:user|system|human)\\b|(?:start|begin)s? with (?:an? |the )?\\W?user|role of (?:the )?first',
  '(?:第一|首)(?:条|條|个|個).{0,20}(?:user|system|用户|用戶|系统|系統)|最初のメッセージ.{0,20}(?:user|ユーザ)',
  '(?:last|final) (?:message|turn|role)\\b.{0,60}\\b(?:user|assistant|tool|role)\\b|\\bend (?:with|in|on) .{0,30}\\b(?:user|tool)\\b|\\bprefill|最[后後]一?[条條个個].{0,20}(?:user|assistant|用户|用戶|角色)|最後のメッセージ.{0,20}(?:user|ユーザ)',
  'system(?: role| messages?| prompts?)?\\W.{0,60}(?:must|should|can|may|only|has to|needs to)\\b.{0,40}(?:first|beginning|start|top)|(?:first|beginning).{0,30}\\bsystem (?:message|role)|系[统統](?:消息|訊息|提示|角色).{0,20}(?:第一|开头|開頭|首)',
  'unexpected role|expected (?:a |the |role )?\\W?(?:user|assistant|role)\\b.{0,40}\\b(?:got|but|found|received)\\b|(?:roles?|turn|message) (?:order|sequence)\\b|roles? (?:is |are )?out of order',
  'messages?.{0,30}\\bodd\\b|(?:even|odd)[ -](?:index|number|position)|奇数|奇數|messages?(?:\\[|\\.)0\\W.{0,20}role.{0,40}\\buser\\b',
);
const demanding = anyOf(
  'must|should|has to|have to|needs? to|expect|require|only|ensure|not (?:support|allow|permit)|n.t (?:support|allow)|cannot|unexpected|invalid|error|unsupported|必须|必須|应|應|需|不能|不允许|不支持|只能|なければ|ください|해야|dürfen|müssen|doivent|deben|должн|нельзя',
);

const toolWords = anyOf(
  '\\btool[ _-]?(?:calls?|results?|uses?|messages?|responses?|turns?|roles?|outputs?)\\b|\\btool_call_ids?\\b|\\brole\\W{0,5}tool\\b|["\'`]tool["\'`]|function[ _](?:calls?|responses?|roles?)(?: turn)?\\b|\\bfunctionResponse\\b|\\btool_result\\b',
  '工具(?:调用|消息|结果|响应|調用|訊息|結果)|tool ?消息',
);
const toolTrouble = anyOf(
  'must be (?:followed|preceded|a response)|must (?:follow|define|have|be defined)|preceed|preceding|no tool call|immediately|requires?|missing|not found|no corresponding|did not have|do(?:es)? not have|should (?:have|follow)|without|parse|invalid|mismatch|unmatched|orphan|number of|缺少|必须|必須|对应|對應|匹配|之后|之前',
);

const reasoning = anyOf('\\breasoning[_ ]content\\b|(?:assistant|messages?)\\W.{0,20}\\breasoning\\b');
const reasoningWanted = anyOf(
  'must (?:also )?be (?:passed|sent|provided|included|present|returned|given|set|kept|preserved)|(?:must|should|needs? to) (?:contain|include|have|carry)|(?:is|are|was|were|be) (?:missing|required|needed|absent|mandatory)|missing|require[sd]?\\b|field required|passed? back|(?:not|never) (?:found|provided|passed|present|included|sent)|expected .{0,30}reasoning|缺少|缺失|必须|必須|必填|需要|传回|回传|回傳|不能为空|不能為空',
);
const reasoningUnwanted = anyOf(
  "(?:must|should|may|can) ?not\\b|cannot|do not|don['’]t|remove|不支持|不支援|不应|不能(?!为空|為空)|不允许|unsupported|extra|unknown|unrecogni|unexpected|not (?:permitted|allowed|supported|accepted|expected)|additional propert|is invalid|no longer",
);

const signature = anyOf('thought[_ ]?signatures?|\\bextra_content\\b|\\bprovider_specific_fields\\b');
const signatureTrouble = anyOf(
  'invalid|illegal|corrupt|mismatch|not match|expired|malformed|\\b(?:fail|unable|cannot|could not)|decod|无效|無效|非法|损坏|損壞|不匹配|校验|校驗',
);
const details = anyOf('\\breasoning_details\\b');

const marks = anyOf('<\\|(?:channel|start|end|message|return|call)\\|>|\\bchannel tags?\\b');

/**
 * Finds the message form that one sentence of an error rejects. Undefined if the sentence rejects none, or none of `sent`.
 *
 * @param sent What the request contained (see `parametersOf`).
 */
export function findUnsupportedMessageForm(sentence: string, sent: ReadonlySet<string>): string | undefined {
  return messageFormsIn(sentence, sent).find((form) => sent.has(form));
}

/** The message forms that a sentence may mean, the likeliest first. The order of the checks matters. */
function messageFormsIn(sentence: string, sent: ReadonlySet<string>): readonly string[] {
  if (marks.test(sentence) && demandsOrRefuses(sentence, /contain|content|passed/i)) return [channelMarks];
  if (signature.test(sentence)) {
    if (reasoningWanted.test(sentence)) return [missingSignature];
    return refusing.test(sentence) || signatureTrouble.test(sentence) ? [callSignatures] : [];
  }
  if (details.test(sentence) && refusing.test(sentence)) return [reasoningDetails];
  if (reasoning.test(sentence)) {
    if (reasoningUnwanted.test(sentence) && !/must be|required|missing/i.test(sentence))
      return [reasoningContent];
    if (reasoningWanted.test(sentence)) return [missingReasoning];
    if (refusing.test(sentence)) return [reasoningContent];
  }
  if (wantsString.test(sentence)) return [arrayContent, nullContent];
  const rejected =
    /\b(?:unexpected|unsupported|unknown|invalid) role\W{1,5}(system|tool)\b(?!\W{1,3}after)/i.exec(sentence);
  if (rejected !== null) return [rejected[1]?.toLowerCase() === 'tool' ? toolMessages : systemRole];
  const ordered = order.test(sentence) && speakers.test(sentence) && demanding.test(sentence);
  if (ordered) return [roleOrder, ...(toolWords.test(sentence) ? [toolMessages] : []), systemRole];
  if (toolWords.test(sentence) && !/--[a-z]/.test(sentence)) {
    // If the request has tools, the error may mean the field `tools`. The gateway rejects the history in its next error.
    if (toolTrouble.test(sentence) || (!sent.has('tools') && refusing.test(sentence))) return [toolMessages];
  }
  if (system.test(sentence) && refusing.test(sentence) && !systemValue.test(sentence)) return [systemRole];
  if (/unknown variant|invalid|unknown|unsupported|unexpected|illegal/i.test(sentence)) {
    const named =
      /(?:variant|role|value)s?(?: in (?:the )?messages?)?\W{0,5}(system|tool|function|developer)\b/i.exec(
        sentence,
      )?.[1];
    if (named !== undefined) return [named.toLowerCase() === 'system' ? systemRole : toolMessages];
  }
  const got = /\b(?:got|received|found|given|was)\W{0,5}(?:role\W{0,3})?(system|tool|developer)\b/i.exec(
    sentence,
  )?.[1];
  if (got !== undefined && roles.test(sentence))
    return [got.toLowerCase() === 'tool' ? toolMessages : systemRole];
  const lists = roleList.test(sentence) && (roles.test(sentence) || /['"`]user['"`]/.test(sentence));
  if (lists && !/\bsystem\b/i.test(sentence)) return [systemRole, toolMessages];
  if (
    lists &&
    !/\b(?:tool|function)\b/i.test(sentence) &&
    /unknown|invalid|unsupported|input should/i.test(sentence)
  )
    return [toolMessages];
  return picturesIn(sentence);
}

function demandsOrRefuses(sentence: string, more: RegExp): boolean {
  return demanding.test(sentence) || refusing.test(sentence) || more.test(sentence);
}

function picturesIn(sentence: string): readonly string[] {
  if (arrays.test(sentence) && refusing.test(sentence)) return [arrayContent];
  if (textOnly.test(sentence) || isNoVisionModel.test(sentence)) return [arrayContent];
  const about = sentence.replaceAll(otherPicture.expression, ' ');
  if (!picture.test(about)) return [];
  if (takesNone.test(about)) return [arrayContent];
  if (pictureProblem.test(about)) return failing.test(about) ? [unreadablePictures] : [];
  return seesNone.test(about) || refusing.test(about) ? [arrayContent] : [];
}
