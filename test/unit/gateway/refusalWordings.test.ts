import { equal } from 'node:assert/strict';
import {
  arrayContent,
  channelMarks,
  missingReasoning,
  nullContent,
  reasoningContent,
  roleOrder,
  systemRole,
  toolMessages,
  unreadablePictures,
} from '../../../src/gateway/unsupportedParameters/messageForm';
import { findUnsupportedParameter } from '../../../src/gateway/unsupportedParameters/findUnsupportedParameter';

/** A request with every parameter that a gateway may not support. */
const fields = [
  'stream',
  'stream_options',
  'temperature',
  'top_p',
  'n',
  'max_tokens',
  'stop',
  'seed',
  'user',
  'presence_penalty',
  'frequency_penalty',
  'logit_bias',
  'reasoning_effort',
  'response_format',
  'logprobs',
  'top_logprobs',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
];
const messageForms = [
  systemRole,
  arrayContent,
  unreadablePictures,
  reasoningContent,
  missingReasoning,
  toolMessages,
  nullContent,
  channelMarks,
  roleOrder,
];
const all: ReadonlySet<string> = new Set([...fields, ...messageForms]);
/** A plain chat with instructions, whose roles are in order. */
const withSystem: ReadonlySet<string> = new Set(['stream', 'stream_options', systemRole]);
const withPicture: ReadonlySet<string> = new Set([
  'stream',
  'stream_options',
  arrayContent,
  unreadablePictures,
]);

type Wordings = Readonly<Record<string, readonly unknown[]>>;

function readsAll(sent: ReadonlySet<string>, wordings: Wordings): void {
  for (const [part, bodies] of Object.entries(wordings)) {
    for (const body of bodies) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      it(`of ${part} is read from ${text}`, () => {
        equal(findUnsupportedParameter(text, sent), part);
      });
    }
  }
}

describe('A refusal of a message form', () => {
  readsAll(withPicture, {
    [arrayContent]: [
      'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
      {
        error: {
          code: 500,
          message:
            'Failed to parse messages: Unsupported content part type: "image_url"; messages = [\n  {\n    "role": "user",\n    "content": []',
          type: 'server_error',
        },
      },
      {
        error: {
          message: 'Invalid content type. image_url is only supported by certain models.',
          type: 'invalid_request_error',
          param: 'messages.[0].content.[1].type',
        },
      },
      { error: { message: 'No endpoints found that support image input', code: 404 } },
      {
        object: 'error',
        message: 'At most 0 image(s) may be provided in one request.',
        type: 'BadRequestError',
        code: 400,
      },
      { error: { message: 'llama-3.3-70b is not a multimodal model' } },
      { error: { message: 'This model does not support vision.' } },
      { error: "model 'qwen2.5-coder' does not support images" },
      { error: { message: "This is a text-only model and can't read pictures." } },
      { error: { message: 'The model only accepts text input.' } },
      { message: "messages.0.content.1.type: Input should be 'text'; image_url is not allowed", code: 422 },
      { error: { message: '该模型不支持图片输入' } },
      { error: { message: '當前模型不支援圖像' } },
      { error: { code: '1210', message: '模型仅支持文本输入' } },
      {
        code: 20041,
        message: 'The model is not a VLM (Vision Language Model). Please use text-only prompts.',
      },
      { error: { message: '非多模态模型，无法处理图像' } },
      { error: { message: 'このモデルは画像入力に対応していません。' } },
      { error: { message: '이 모델은 이미지 입력을 지원하지 않습니다.' } },
      { error: { message: 'Das Modell unterstützt keine Bilder: Bildeingaben werden nicht unterstützt.' } },
      { error: { message: 'Les images ne sont pas prises en charge par ce modèle.' } },
      { error: { message: 'Imágenes no soportadas por este modelo' } },
      { error: { message: 'Модель не поддерживает изображения' } },
      { error: { message: 'Multimodal input is not enabled for this deployment' } },
      { error: { message: 'Vision is not available for this model' } },
      { detail: 'Image inputs are disabled on this server' },
      'ValueError: mistral-7b does not support multimodal content',
      { error: { message: 'Content type "image_url" is not recognized.' } },
      {
        error: {
          type: 'invalid_request_error',
          message: 'messages[2].content[1]: unknown variant `image_url`, expected `text`',
        },
      },
    ],
    [unreadablePictures]: [
      { error: { message: 'Failed to download image from https://files.example.test/a.png' } },
      {
        error: {
          message:
            "You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].",
          code: 'invalid_image_format',
        },
      },
      { error: { message: 'Could not process image', type: 'invalid_request_error' } },
      {
        error: {
          message:
            'messages.1.content.0.image.source: image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes',
        },
      },
      { error: { message: 'Unable to process input image. Please retry or report.' } },
      { error: { message: '图片下载失败' } },
      { error: { message: '图片格式错误或无法解码' } },
      { error: { message: 'Invalid image URL: the image could not be fetched, it has expired' } },
    ],
  });
  readsAll(withSystem, {
    [systemRole]: [
      {
        object: 'error',
        message: 'Conversation roles must alternate user/assistant/user/assistant/...',
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
      {
        error: 'Error rendering prompt with jinja template: "Only user and assistant roles are supported!".',
      },
      {
        error: {
          code: 500,
          message:
            "raise_exception('System role not supported')\nError: Jinja Exception: System role not supported",
          type: 'server_error',
        },
      },
      { error: { message: 'Please use a valid role: user, model.', code: 400, status: 'INVALID_ARGUMENT' } },
      { error: { message: 'unknown variant `system`, expected `user` or `assistant`' } },
      {
        detail: [
          {
            type: 'literal_error',
            loc: ['body', 'messages', 0, 'role'],
            msg: "Input should be 'user' or 'assistant'",
            input: 'system',
          },
        ],
      },
      {
        error: {
          message: "Invalid value: 'system'. Supported values are: 'user' and 'assistant'.",
          param: 'messages[0].role',
        },
      },
      { error: { message: "'system' is not a supported role for this model" } },
      { error: { message: 'messages[0].role: system messages are not allowed' } },
      {
        error: {
          message: 'This model does not accept system prompts; put the instructions into the user message.',
        },
      },
      {
        error: {
          message:
            'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
        },
      },
      { error: { message: 'role 必须是 user 或 assistant' } },
      { error: { message: '角色信息只支持user和assistant' } },
      { error: { message: '该模型不支持系统提示' } },
      { error: { message: '系統訊息不支援' } },
      { error: { message: 'システムメッセージはサポートされていません' } },
      { error: { message: '시스템 메시지를 지원하지 않습니다' } },
      { error: { message: 'Systemnachrichten (role "system") werden nicht unterstützt' } },
      { error: { message: 'Системные сообщения не поддерживаются этой моделью' } },
      { error: { message: 'Developer instructions are not supported by gemma' } },
      { error: { message: 'First message must be from the user' } },
      'jinja2.exceptions.TemplateError: After the optional system message, conversation roles must alternate user/assistant/user/assistant/...',
    ],
  });
  readsAll(new Set([...withSystem, roleOrder]), {
    [roleOrder]: [
      {
        error: {
          code: 400,
          message:
            "Unable to generate parser for this template. Automatic parser generation failed: \n------------\n...{{ raise_exception('Conversation roles must alternate user...\nError: Jinja Exception: Conversation roles must alternate user/assistant/user/assistant/...",
        },
      },
      { error: { message: 'Please ensure that multiturn requests alternate between user and model.' } },
      {
        error: {
          message:
            'messages: roles must alternate between "user" and "assistant", but found multiple "user" roles in a row',
        },
      },
      {
        error: {
          message:
            'Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant',
        },
      },
      { error: { message: 'messages: first message must use the "user" role' } },
      { error: { message: 'The last message must be from the user.' } },
      {
        error: {
          message:
            'This model does not support assistant message prefill. The conversation must end with a user message.',
        },
      },
      { error: { message: 'System message must be at the beginning.' } },
      { error: { message: "Unexpected role 'user' after role 'tool'" } },
      { error: { message: 'Consecutive messages of the same role are not allowed' } },
      { error: { message: '消息角色必须交替出现' } },
      { error: { message: '最后一条消息必须是用户消息' } },
      { error: { message: '不允许连续的 user 消息' } },
      { error: { message: 'messages 中的 user 和 assistant 必须交替出现' } },
      { error: { message: '第一条消息的角色必须是 user' } },
      { error: { message: 'Die Rollen müssen sich abwechseln: user, assistant' } },
    ],
  });
  readsAll(new Set(['stream', reasoningContent, missingReasoning]), {
    [reasoningContent]: [
      {
        message:
          "messages.1.assistant.reasoning_content: property 'messages.1.assistant.reasoning_content' is unsupported",
        type: 'invalid_request_error',
        param: 'validation_error',
        code: 'wrong_api_format',
      },
      {
        error: {
          message:
            "'messages.2' : for 'role:assistant' the following must be satisfied[('messages.2' : property 'reasoning_content' is unsupported)]",
        },
      },
      {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'messages', 1, 'assistant', 'reasoning_content'],
            msg: 'Extra inputs are not permitted',
            input: 'hmm',
          },
        ],
      },
      {
        error: { message: 'Unrecognized field "reasoning_content" (class Message), not marked as ignorable' },
      },
      { error: { message: 'reasoning_content should not be included in the input messages' } },
      {
        error: {
          message:
            "Additional properties are not allowed ('reasoning_content' was unexpected) - 'messages.1'",
        },
      },
      { error: { message: 'messages 中不支持 reasoning_content 字段' } },
      { error: { message: '不允许传入 reasoning_content' } },
      { error: { message: 'Unknown name "reasoning_content" at \'messages[1]\': Cannot find field.' } },
      { error: { message: 'Please remove `reasoning_content` from your messages.' } },
    ],
    [missingReasoning]: [
      { error: { message: 'The `reasoning_content` in the thinking mode must be passed back to the API.' } },
      {
        error: {
          message:
            'thinking is enabled but reasoning_content is missing in assistant tool call message at index 2',
        },
      },
      {
        error: { message: 'Missing `reasoning_content` field in the assistant message at message index 1.' },
      },
      { error: { message: 'messages[1].reasoning_content is required when thinking is enabled' } },
      { error: { message: '思考模式下必须回传 reasoning_content' } },
      { error: { message: 'assistant 消息缺少 reasoning_content 字段' } },
      {
        detail: [
          { type: 'missing', loc: ['body', 'messages', 1, 'reasoning_content'], msg: 'Field required' },
        ],
      },
      { error: { message: 'assistant messages must include reasoning_content in thinking mode' } },
    ],
  });
  readsAll(new Set(['stream', toolMessages, systemRole]), {
    [toolMessages]: [
      {
        error: {
          message:
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.",
          param: 'messages',
        },
      },
      {
        error: {
          message:
            'Failed to parse tool call arguments as JSON: [json.exception.parse_error.101] parse error at line 1, column 13',
        },
      },
      { error: { message: 'Unknown variant `tool`, expected one of `system`, `user`, `assistant`' } },
      {
        error: {
          message: "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
        },
      },
      { error: { message: 'This model does not support tool messages' } },
      { error: { message: "messages[2].role: 'tool' is not supported" } },
      {
        error: {
          message: 'litellm.UnsupportedParamsError: requests which include tool_calls must define tools',
        },
      },
      { error: { message: 'tool_call_id not found' } },
      { error: { message: '该模型不支持工具消息' } },
      { error: { message: '工具调用必须有对应的工具结果' } },
    ],
  });
  readsAll(new Set(['stream', channelMarks]), {
    [channelMarks]: [
      {
        error: {
          code: 500,
          message: 'You have passed a message containing <|channel|> tags in the content field.',
          type: 'server_error',
        },
      },
      { error: { message: 'content must not contain special tokens such as <|start|>' } },
    ],
  });
  readsAll(new Set(['stream', nullContent]), {
    [nullContent]: [
      {
        detail: [
          {
            loc: ['body', 'messages', 1, 'content'],
            msg: 'Input should be a valid string',
            type: 'string_type',
          },
        ],
      },
      { error: { message: 'messages[1].content must be a string' } },
    ],
  });
});

describe('A refusal of a field', () => {
  readsAll(all, {
    temperature: [
      { error: { message: '`temperature` is deprecated for this model.' } },
      { error: { message: 'invalid temperature: only 1 is allowed for this model' } },
      { error: { message: "got an unexpected keyword argument 'temperature'", code: 500 } },
      { error: { message: 'Unsupported parameter: temperature' } },
      { error: { message: '参数 temperature 不受支持' } },
      { error: { message: 'Der Parameter temperature wird nicht unterstützt' } },
      { error: { message: 'パラメータ temperature は指定できません' } },
      { error: { message: '`temperature` may not be used with reasoning models' } },
    ],
    stream_options: [
      {
        error: {
          message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
          param: 'stream_options',
        },
      },
      {
        detail: [
          { loc: ['body', 'stream_options'], msg: 'extra fields not permitted', type: 'value_error.extra' },
        ],
      },
      { error: 'json: unknown field "stream_options"' },
    ],
    n: [
      {
        error: {
          code: 400,
          message: "Field 'n': Value must be between 1 <= value <= 1, but got 3",
          type: 'invalid_request_error',
        },
      },
      { error: { code: 500, message: 'Only one completion choice is allowed', type: 'server_error' } },
      { error: { message: 'n must be 1' } },
      { error: { message: "Invalid value for 'n': must be 1" } },
      { error: { message: 'Multiple candidates is not enabled for this model' } },
      { error: { message: 'n > 1 is not supported' } },
    ],
    tools: [
      { error: { code: 500, message: 'tools param requires --jinja flag', type: 'server_error' } },
      {
        error: {
          message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
        },
      },
      { error: { message: 'This model does not support tools.' } },
      { error: { message: '`tools` is not supported on this model' } },
      { error: { message: '当前模型不支持函数调用' } },
    ],
    tool_choice: [
      { error: { message: "'tool_choice' is not supported for this model" } },
      { error: { message: 'Unknown parameter: tool_choice', param: 'tool_choice' } },
    ],
    seed: [
      { error: { message: 'seed is not supported by this model' } },
      { error: { message: "property 'seed' is unsupported" } },
    ],
    stop: [
      { error: { message: 'Unsupported parameter: stop' } },
      { error: { message: 'stop sequences are not supported with this model' } },
    ],
    stream: [
      {
        error: {
          message: 'Your organization must be verified to stream this model.',
          param: 'stream',
          code: 'unsupported_value',
        },
      },
      { error: { message: 'Streaming is not supported for this model' } },
      { error: { message: '该模型不支持流式输出' } },
    ],
    max_tokens: [
      { error: { message: "Unsupported parameter: 'max_tokens' is not supported with this model." } },
    ],
    top_p: [
      { error: { message: 'extra_forbidden: top_p' } },
      { error: { message: 'Поле top_p не поддерживается' } },
    ],
    response_format: [
      { error: { message: 'This model does not support json_schema: response_format is not allowed' } },
    ],
    'top_p with temperature': [
      {
        error: {
          message: '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
          type: 'invalid_request_error',
        },
      },
      { error: { message: 'temperature and top_p are mutually exclusive' } },
      { error: { message: 'You may set either temperature or top_p, but not both.' } },
      { error: { message: 'top_p cannot be used together with temperature' } },
      { error: { message: 'top_p is not supported when temperature is set' } },
      { error: { message: 'temperature 和 top_p 不能同时设置' } },
      { error: { message: 'temperature 與 top_p 不能同時使用' } },
      { error: { message: 'Only one of temperature, top_p can be set.' } },
      { error: { message: 'temperature und top_p dürfen nicht gleichzeitig gesetzt werden' } },
      { error: { message: 'temperature と top_p は併用できません' } },
      { error: { message: 'Specifying both `top_p` and `temperature` is not allowed.' } },
    ],
    'logprobs with stream and tools': [
      {
        error: {
          code: 400,
          message: 'logprobs is not supported with tools + stream',
          type: 'invalid_request_error',
        },
      },
    ],
    'logprobs with tools': [
      { error: { message: 'logprobs cannot be combined with tools' } },
      { error: { message: 'Cannot use logprobs together with tools' } },
    ],
    'stream with tools': [
      { error: { code: 500, message: 'Cannot use tools with stream', type: 'server_error' } },
      { error: { message: 'tools are not supported with streaming' } },
    ],
    'response_format with tools': [
      { error: { message: 'response_format is not supported with tools' } },
      { error: { message: 'Cannot use json_schema response_format and tools at the same time' } },
    ],
    'n with stream': [{ error: { message: 'n > 1 is not supported when stream is enabled' } }],
  });
});

describe('A refusal in the words of many gateways', () => {
  readsAll(all, {
    [arrayContent]: [
      "Error code: 400 - {'error': {'object': 'error', 'type': 'invalid_request_error', 'message': 'Model does not support image inputs'}}",
      'Model only supports text inputs',
      'You set image=0 (or unspecified) but at most 0 image(s) may be provided in one prompt.',
      'this model is missing data required for image input',
      'Model does not support images. Please use a model that does.',
      "'messages' array contains image content but the loaded model does not support images",
      'missing required Copilot-Vision-Request header for vision requests',
      'Image input modality is not enabled for models/gemma-3-1b-it',
      'Image content is not supported for this model',
      'Content type not supported: image_url',
      'multimodal inputs not supported',
      'messages.content.type 参数非法: 仅支持 text',
      'Image inputs are not supported by this model.',
      '{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\\"error\\":{\\"message\\":\\"image_url is not supported by this model\\"}}","provider_name":"x"}}}',
      'The requested model is not able to process image content',
      'Cannot read "image.png" (this model does not support image input). Inform the user.',
      '此模型無法辨識圖片',
      '模型不具备视觉能力，请勿传入图片',
      "Input should be 'text' [type=literal_error, input_value='image_url']",
    ],
    [unreadablePictures]: [
      'image: unknown format',
      '图片输入格式/解析错误',
      'Invalid request: unsupported image url: https://x.example/y.png, only support base64',
      'Invalid image data.',
      'The image data you provided does not represent a valid image. Please check your input and try again with one of the supported image formats',
    ],
    [systemRole]: [
      'invalid role in message: SYSTEM',
      'Only user, assistant and tool roles are supported, got system.',
      'roles can only be user/assistant',
    ],
    [roleOrder]: [
      'the length of messages must be an odd number',
      'the role of message with even index in the messages must be assistant',
      'messages 长度必须为奇数',
      "messages[0].role must be 'user'",
      'Last message must have role `user`.',
      'After the (optional) system message(s), user or tool message(s) should alternate with assistant message(s).',
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    ],
    [toolMessages]: [
      'Please ensure that function call turn comes immediately after a user turn or after a function response turn.',
      'messages.2.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_x. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
      '`tool_use` ids were found without `tool_result` blocks immediately after',
      'No tool call found for function call output with call_id call_1',
    ],
    [reasoningContent]: [
      'Unsupported field: messages[1].reasoning_content',
      'The reasoning_content is an intermediate result for display purposes only and will not be included in the context for inference. Please remove the reasoning_content from your message to reduce network traffic.',
    ],
    'top_p with temperature': ['top_p: cannot be set when temperature is specified'],
    stream: ['Streaming not supported for this model'],
    logprobs: [
      'You requested logprobs, but this model does not return them: logprobs unsupported',
      'You are not allowed to request logprobs from this model',
    ],
    stream_options: [
      "Extra inputs are not permitted, field: 'stream_options', value: {'include_usage': True}",
      'Invalid field: stream_options',
    ],
    max_tokens: [
      "Invalid parameter: 'max_tokens' of type 'int' must not be set when using this model. Use max_completion_tokens.",
    ],
    tools: [
      'Tool use is not supported by this model',
      'Function calling is disabled for this deployment',
      'this model does not support function call',
    ],
    parallel_tool_calls: [
      "Unsupported parameter: 'parallel_tool_calls' is not supported with this model.",
      "parallel_tool_calls is only allowed when 'tools' are specified.",
    ],
    tool_choice: ["Tool choice is none... 'tool_choice' parameter is not supported"],
    reasoning_effort: [
      "reasoning_effort is not supported for this model. It must be 'none'",
      'Unrecognized request argument supplied: reasoning_effort',
    ],
    temperature: [
      "'temperature' does not support 0.2 with this model",
      'temperature cannot be changed for this model',
      'Model does not allow setting temperature',
      'temperature参数不支持自定义',
      '参数错误：temperature 不可设置',
      'Paramètre non pris en charge : temperature',
      'El parámetro temperature no es compatible con este modelo',
      'O parâmetro temperature não é suportado',
    ],
    frequency_penalty: ['Argument not supported on this model: frequencyPenalty / frequency_penalty'],
    presence_penalty: ['Penalty is not enabled for models/gemini-2.5-pro: presence_penalty'],
    seed: ['Invalid JSON payload received. Unknown name "seed": Cannot find field.'],
    stop: ['Unknown name "stop": Cannot find field.', '该模型不支持 stop 参数'],
    logit_bias: ['logit_bias is not implemented'],
    user: ["Unexpected field 'user' in request"],
    n: ['the parameter n is not supported', 'n=2 not supported'],
    response_format: [
      "Invalid parameter: 'response_format' of type 'json_object' is not supported with this model.",
    ],
    top_p: ['不支持 top_p 参数'],
  });
});

describe('A refusal in other words and languages', () => {
  readsAll(all, {
    [arrayContent]: [
      'Vision inputs are unsupported here',
      "Sorry, this model can't look at images",
      "Image attachments aren't supported by the selected model",
      'The selected model does not have vision capabilities',
      'model does not have image capability',
      '图像输入未被该模型支持',
      '该模型无视觉能力，不能处理图片',
      '当前模型不支持多模态输入',
      '不支援圖片輸入',
      '画像はサポートされていません',
      'この モデル は 画像 を 受け付けません',
      '이미지를 처리할 수 없는 모델입니다',
      "Cette modèle n'accepte pas les images",
      'Este modelo no admite imágenes',
      'El modelo no soporta imágenes',
      'Este modelo não suporta imagens',
      'Il modello non supporta le immagini',
      'Modell kann keine Bilder verarbeiten',
      'Изображения не поддерживаются',
      'Hình ảnh không được hỗ trợ',
      'Mô hình không hỗ trợ hình ảnh',
      'Model tidak mendukung gambar',
      'Bu model görüntüleri desteklemiyor',
      'Expected content part type to be text, got image_url',
      "\"image_url\" is not one of ['text'] - 'messages.0.content.1.type'",
      "messages.0.content.1: Input tag 'image_url' found using 'type' does not match any of the expected tags: 'text'",
    ],
    [systemRole]: [
      'System prompt not allowed for this model',
      'The system role is not available for this model; use user instead',
      'System instructions are disabled for gemma-2-9b',
      'role "system" isn\'t supported',
      "'system' role isn't allowed",
      'system role messages must not be sent to this model',
      'Les messages système ne sont pas pris en charge',
      'El rol system no está permitido',
      'O papel de sistema não é suportado',
      "role: value is not a valid enumeration member; permitted: 'user', 'assistant'",
      'Unsupported role: system',
      'Got unexpected role: system',
      'Unknown role system in message 0',
      "unrecognized message role: 'system'",
      '模型不接受系统消息',
      '不支持的角色: system',
      '角色 system 无效，只能为 user 或 assistant',
    ],
    [roleOrder]: [
      'Messages must alternate between user and assistant.',
      'Roles must strictly alternate',
      'user and assistant messages must alternate',
      'Two user messages in a row are not supported',
      'There must be no consecutive user messages',
      'Chat history must begin with a user message',
      'The first non-system message must be a user message',
      'messages must start with role user',
      'The final message must be a user message',
      'Chat must end with a user or tool message',
      'Last role must be user',
      'Assistant prefill is not supported',
      "Prefilling assistant messages isn't supported for this model",
      'system message should be the first message',
      'System message can only appear at the beginning of the conversation',
      'user 和 assistant 需要交替',
      '对话必须以 user 开头',
      '对话必须以 user 消息结尾',
      '不能有连续两条相同角色的消息',
      'Les rôles doivent alterner user/assistant',
      'Los roles deben alternar entre user y assistant',
      '役割は交互でなければなりません',
    ],
    [reasoningContent]: [
      'reasoning_content: extra fields not permitted',
      'field reasoning_content is not allowed in assistant message',
      'unknown field: messages[1].reasoning_content',
      'Unexpected key(s) in message: reasoning_content',
      '参数 reasoning_content 不合法',
    ],
    [missingReasoning]: [
      'reasoning_content must be provided for assistant messages with tool calls',
      'In thinking mode, reasoning_content needs to be passed back',
      'assistant message must contain reasoning_content',
      'reasoning_content 不能为空',
      '必须提供 reasoning_content',
    ],
    'top_p with temperature': [
      "temperature and top_p can't be used together",
      'Use either temperature or top_p, not both',
      'temperature, top_p: specify only one',
      'Please specify only one of `temperature` or `top_p`',
      'You cannot set both temperature and top_p',
      "It's recommended to alter temperature or top_p but not both",
      'Simultaneous use of temperature and top_p is not supported',
      'temperature 与 top_p 只能设置一个',
      '请勿同时设置 temperature 和 top_p',
      'temperature et top_p ne peuvent pas être utilisés ensemble',
      'No se pueden usar temperature y top_p juntos',
    ],
    n: [
      'Only n = 1 is supported',
      'n must be equal to 1',
      'Invalid value for n: only 1 is supported',
      'n: must be less than or equal to 1',
      'best_of and n > 1 unsupported',
      '参数 n 只能为 1',
      '参数n的值不支持',
    ],
    stop: ['`stop` is not supported by this model', 'stop parameter not supported'],
    seed: ['Seed is not supported', "'seed' is an unknown parameter"],
    max_tokens: [
      'max_tokens is not supported; use max_completion_tokens',
      "'max_tokens' has been deprecated, please use 'max_completion_tokens'",
      'max_tokens 已弃用，请使用 max_completion_tokens',
    ],
    temperature: [
      'temperature is not configurable for reasoning models',
      'Model only supports temperature=1',
      'temperature must be 1 for this model',
      'This model only supports the default temperature',
      '`temperature` must be unset when using extended thinking',
      '`temperature` may only be set to 1 when thinking is enabled',
      '该模型不支持自定义 temperature',
      'temperature 只能为 1',
    ],
    stream_options: [
      'stream_options not supported',
      'Unknown field stream_options',
      "unexpected keyword argument 'stream_options'",
    ],
    tools: [
      'tools not supported',
      'Tools are not supported by this model',
      'tool_use is not supported',
      'Functions are not supported',
      "This endpoint doesn't support tools",
      '"tools" is not supported in this model',
      '工具调用未开启',
      'Function Calling はサポートされていません',
    ],
    tool_choice: ["tool_choice 'required' is not supported", "Only 'auto' tool_choice is supported"],
    logprobs: [
      'logprobs are not supported',
      'This model does not support logprobs.',
      "The 'logprobs' feature is not available for this model",
      'Requested logprobs but logprobs are disabled',
    ],
    reasoning_effort: ['reasoning_effort is not a valid parameter for this model'],
    response_format: ['response_format is unavailable for this model now', 'json mode is not supported'],
    user: ["Unsupported parameter: 'user'"],
    frequency_penalty: ['frequency_penalty: Extra inputs are not permitted'],
  });
});

/** Errors that mention a parameter but do not say that it is unsupported. */
const falseFriends: readonly unknown[] = [
  'The system is overloaded. Please try again later.',
  'An unknown error occurred in the system.',
  'Unknown error: image service unavailable',
  'Internal error while the image worker was restarting',
  'Image generation is not supported for this account',
  'This model does not support image generation',
  "The model 'gpt-image-1' is not supported",
  'The model `qwen-vl-image` does not exist or you do not have access to it',
  'Unknown model: vision-large',
  'unknown model image-1',
  'docker image not supported on this host',
  'No such container image: the image tag is unknown',
  'Failed to pull the container image',
  'The image queue is full',
  '系统繁忙，请稍后再试',
  '系统未知错误',
  '未知错误：图片服务暂时不可用',
  '图片生成服务不支持该地区',
  'Your account role is not allowed to use this model',
  'The role of your API key does not permit this operation',
  'User role not authorized',
  'Your role has no access to this project',
  'role "billing" is required',
  'You are not allowed to sample from this model',
  'The user is not allowed to stop here',
  'User is not allowed to access this resource',
  'GPU temperature too high: unexpected shutdown',
  'temperature must be between 0 and 2',
  "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.",
  'temperature should be a number',
  'top_p must be in (0, 1]',
  'max_tokens must be at least 1',
  'max_tokens is too large: 999999. This model supports at most 4096 completion tokens.',
  'stop must have at most 4 sequences',
  'presence_penalty should be in the range -2 to 2',
  'logit_bias has more than 300 entries',
  'top_logprobs must be between 0 and 20',
  'seed must be an integer',
  "'stream' must be a boolean",
  'Unexpected token in JSON at position 5: "n"',
  'unexpected end of stream',
  'Unexpected status 502 from upstream while streaming',
  'upstream connect error: stream reset, unexpected EOF',
  'Error while streaming: the model is not supported',
  'Stream closed before the answer was complete',
  'stream timeout',
  'The model is not supported',
  'The model `nope` is not supported in this region',
  'Model not available for your plan',
  'This endpoint is not supported; use /v1/responses instead',
  'Unknown endpoint',
  'Unsupported Media Type',
  'unsupported country, region, or territory',
  'Operating system not supported',
  'The system clock is not valid: unexpected time',
  'System prompt is too long: it must not exceed 1,000 characters',
  'Your system message was blocked by our moderation: content not allowed',
  'The prompt contains content that is not allowed',
  'Input text may contain inappropriate content.',
  'The response was filtered: vision safety service unavailable',
  "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
  'prompt is too long: 213000 tokens > 200000 maximum',
  '请求的 tokens 超过模型支持的最大长度',
  'Incorrect API key provided. Keys of this kind are no longer supported.',
  'Invalid API key',
  'You exceeded your current quota, please check your plan and billing details.',
  'Rate limit reached for images per minute',
  'Too many requests for tools, try again later',
  'Service temporarily not available',
  'The tool server is not available right now',
  'Tool execution failed: unknown tool error',
  'The function returned an unexpected result',
  'Cannot connect to the tools backend',
  'No tools server is running',
  'messages must not be empty',
  'messages: at least one message is required',
  'The first message of the batch failed',
  'The last message in the queue expired',
  'An alternate region must be chosen',
  'Consecutive failures: the circuit breaker is open',
  'Multiple login sessions in a row are not allowed',
  'The reasoning service is not available',
  'The reasoning engine crashed unexpectedly',
  'reasoning model quota exceeded',
  'Failed to load model: unsupported architecture',
  'CUDA error: an illegal memory access was encountered',
  'unknown model architecture: vision',
  'The channel is closed and must be reopened',
  '该令牌无权使用模型：gpt-4-vision',
  '当前分组上游负载已饱和，请稍后再试',
  '无可用渠道（distributor）',
  '用户额度不足',
  '不支持该模型：image-xl',
  '该用户角色不允许访问',
  '温度传感器未知错误',
  'Only administrators may stop this server',
  'Either the key or the user is unknown',
  'Please set a payment method; only then is the user allowed to use tools-beta',
  'Both of your keys are expired',
  'Function app not found',
  'Your request was rejected by our safety system. Image descriptions may contain text that is not allowed.',
  'The image could not be generated',
  'Failed to generate image: safety system',
  'Cannot generate images of real people',
  'This system does not support your browser',
  'The system message could not be delivered',
  'Your system prompt was not accepted by the content filter',
  'temperature: Input should be less than or equal to 1',
  'max_tokens must not be set higher than 4096',
  'temperature cannot be set above 1',
  "'user' is not allowed to call this API",
  "The word 'stop' is not allowed in the prompt",
  'tools are not available in your country',
  'The multimodal server crashed unexpectedly',
  'The vision model has been deprecated',
  'The vision-preview model is deprecated',
  'multimodal models are not supported on this endpoint',
  'The model generated 0 pictures',
  'You must verify your email before you send your first message',
  'Too many consecutive messages: you must wait',
  'You must use an alternate user account',
  'The conversation must start with a valid subscription',
  'Your last message was not delivered: the user is offline',
  'temperature 不能大于 2',
  'max_tokens 超出范围，不能超过 4096',
  'stop 最多支持 4 个，不能超过',
  "The model's reasoning_content could not be parsed",
  'reasoning_content exceeded its budget',
  'The assistant is not available right now, dear user',
  'No images were found in the reply',
  'Image hosting is down',
  'role assumption failed: sts:AssumeRole is not authorized',
  'The IAM role is not allowed to invoke this model',
  'unknown role arn',
  'unexpected system shutdown',
  'Unexpected system error',
  'The seed node is not reachable',
  'The tool shed is closed',
  '系统只能由管理员使用',
  '该模型只能由付费用户使用',
  '只能使用一次',
  '图片服务只能在工作时间使用',
  'The image quota must be 1 for free accounts',
  'Only one of your keys is valid',
  'Only one request at a time is allowed for this user',
  'stop 不合法：长度超过 16',
  'temperature 不合法，必须在 0 和 2 之间',
  'temperature 参数错误：范围 0-2',
  "Le modèle n'est pas disponible, système surchargé",
  'El sistema no está disponible',
  'O sistema não está disponível',
  'Das System ist nicht verfügbar',
  'システムエラーが発生しました',
  '시스템 오류가 발생했습니다',
  'Системная ошибка',
  '画像を生成できません',
  '이미지 서버 오류',
  'Fehler beim Laden des Bildservers',
  'The tools team cannot help',
  'Function not found: main',
  'functions.invoke failed',
  'Response format of the upstream was not valid JSON',
  'The seed phrase is wrong',
  'User quota: n=5 requests left',
  'The stop button was pressed',
  'Model role-play-7b is not available',
  'role_play is overloaded',
  'The assistant API is deprecated',
  'Assistants are not available in this region',
  'The alternating current is off',
  'Please alternate your keys',
  'Prefill cache is full',
  'KV cache prefill failed, retry',
  'Prefill node unavailable, messages queued',
  'The last user message could not be read from the database',
  'n/a',
  '',
];

describe('An error that only mentions a parameter', () => {
  for (const words of falseFriends) {
    it(`names no unsupported parameter: ${String(words)}`, () => {
      equal(findUnsupportedParameter(JSON.stringify({ error: { message: words } }), all), undefined);
      equal(findUnsupportedParameter(String(words), all), undefined);
    });
  }

  it('names no unsupported parameter by repeating the request', () => {
    const echo = {
      detail: [
        {
          type: 'string_too_long',
          loc: ['body', 'user'],
          msg: 'String should have at most 64 characters',
          input: 'The system role is not supported, and images are not supported.',
        },
      ],
    };
    equal(findUnsupportedParameter(JSON.stringify(echo), all), undefined);
  });
});
