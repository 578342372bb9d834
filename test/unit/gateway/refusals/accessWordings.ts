import type { FailureKind } from '../../../../src/shared/failure/failure';
import { message, type Wording } from './wording';

/** Refusals for the key, the region or the content of the prompt. */
export const accessWordings: Readonly<Partial<Record<FailureKind, readonly Wording[]>>> = {
  unauthorized: [
    [
      400,
      [
        {
          error: {
            code: 400,
            message: 'API key not valid. Please pass a valid API key.',
            status: 'INVALID_ARGUMENT',
          },
        },
      ],
    ],
    [
      400,
      message(
        '{\n  "error": {\n    "code": 400,\n    "message": "API key not valid. Please pass a valid API key.",\n    "status": "INVALID_ARGUMENT"\n  }\n}\n',
      ),
    ],
    [
      400,
      {
        error: {
          code: 400,
          message: 'Request failed.',
          details: [{ '@type': 'type.example/ErrorInfo', reason: 'API_KEY_INVALID' }],
        },
      },
    ],
    [
      400,
      {
        code: 'Client specified an invalid argument',
        error: 'Incorrect API key provided: xx***yy. You can obtain an API key from the console.',
      },
    ],
    [403, 'Your API key was reported as leaked. Please use another API key.'],
    [400, 'API key expired. Please renew the API key.'],
    [
      403,
      {
        error: {
          message: "Method doesn't allow unregistered callers. Please use API Key or another identity.",
        },
      },
    ],
    [403, 'Invalid token'],
    [
      200,
      {
        base_resp: {
          status_code: 1004,
          status_msg: "login fail: Please carry the API secret key in the 'Authorization' field",
        },
      },
    ],
    [200, { code: 401, msg: '无效的令牌' }],
    [500, 'No API key provided'],
    [400, 'API 密钥无效'],
    [403, '身份验证失败'],
    [400, '金鑰錯誤，請重新設定'],
    [400, 'APIキーが無効です'],
    [400, '유효하지 않은 API 키입니다'],
    [400, 'Неверный API-ключ'],
    [400, 'Clave de API no válida'],
    [400, 'Clé API invalide'],
    [400, 'Ungültiger API-Schlüssel'],
    [400, 'Authentication failed: the access token has expired'],
    [422, { detail: [{ loc: ['header', 'authorization'], msg: 'API key is required', type: 'missing' }] }],
    [400, 'Wrong API key'],
    [400, 'The provided api_key is invalid'],
    [400, 'Invalid API-key provided.'],
    [200, { code: 'InvalidApiKey', message: 'Invalid API-key provided.', request_id: 'x' }],
    [403, 'API Key已过期'],
    [403, '密钥不存在或已被禁用'],
    [400, '鉴权失败: apikey 错误'],
    [400, 'API金鑰無效'],
    [400, 'APIキーが正しくありません'],
    [400, 'API 키가 올바르지 않습니다'],
    [400, 'API ключ недействителен'],
    [400, 'La clave API es inválida'],
    [400, "La clé d'API est invalide"],
    [400, 'Der API-Schlüssel ist ungültig'],
    [400, 'A chave de API é inválida'],
    [403, { message: 'Missing Authentication Token' }],
    [403, 'Invalid bearer token'],
    [400, 'Invalid API Key format'],
    [400, 'apiKey is invalid'],
    [400, 'API_KEY_INVALID'],
    [400, 'The API key you provided is incorrect'],
    [400, 'Your api key has been revoked'],
    [400, 'invalid x-api-key'],
    [200, { code: 1001, msg: 'Header中未收到Authorization参数，无法进行身份验证' }],
    [403, { message: 'Forbidden: bad token' }],
    [400, '令牌验证失败'],
    [400, '无效的 API 密钥'],
    [400, 'API密钥错误，请检查'],
    [400, '請檢查您的 API 金鑰是否正確'],
    [400, 'APIキーの認証に失敗しました'],
    [400, 'API 키 인증에 실패했습니다'],
    [400, 'Неверный ключ API'],
    [400, 'Недействительный токен авторизации'],
    [400, 'La clave de API no es válida'],
    [400, 'Votre clé API est incorrecte'],
    [400, 'API-Schlüssel nicht gültig'],
    [
      200,
      {
        Response: {
          Error: {
            Code: 'AuthFailure',
            Message: 'The SecretId is not found, please ensure that your API key is valid.',
          },
        },
      },
    ],
  ],
  'region-not-served': [
    [
      403,
      {
        error: {
          code: 'unsupported_country_region_territory',
          message: 'Country, region, or territory not supported',
        },
      },
    ],
    [
      400,
      [
        {
          error: {
            code: 400,
            message: 'User location is not supported for the API use.',
            status: 'FAILED_PRECONDITION',
          },
        },
      ],
    ],
    [403, 'This service is not available in your region.'],
    [403, '您所在的地区不支持使用该服务'],
    [403, 'Access from your country is not allowed'],
    [403, '不支持的国家或地区'],
    [400, 'This model is not available in your country'],
  ],
  'prompt-refused': [
    [
      400,
      {
        error: {
          code: 'content_filter',
          message: 'The response was filtered due to the prompt triggering the content management policy.',
        },
      },
    ],
    [
      400,
      { error: { code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.' } },
    ],
    [400, 'Content Exists Risk'],
    [
      403,
      {
        error: { message: 'The chosen model requires moderation and your input was flagged for "violence".' },
      },
    ],
    [400, 'The request was rejected because it was considered high risk'],
    [
      400,
      {
        error: {
          code: '1301',
          message: '系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语',
        },
      },
    ],
    [200, { base_resp: { status_code: 1026, status_msg: 'input new_sensitive' } }],
    [500, 'Your prompt was blocked due to safety reasons'],
    [400, '输入包含敏感词'],
    [400, '內容審核未通過'],
    [400, '不適切な内容が含まれています'],
    [400, '콘텐츠 정책을 위반했습니다'],
    [400, 'Запрос нарушает политику контента'],
    [400, 'La solicitud infringe la política de contenido'],
    [400, 'Die Anfrage verstößt gegen die Inhaltsrichtlinie'],
    [451, 'Your request was rejected as a result of our safety system.'],
    [400, 'Your request was rejected by our content moderation'],
    [400, 'The prompt violates our usage policies'],
    [400, '内容包含违规信息'],
    [400, '输入内容涉及敏感信息'],
    [400, '提示詞包含不當內容'],
    [400, 'El contenido infringe nuestras políticas'],
    [400, 'Contenu bloqué par le filtre de sécurité'],
    [400, 'Запрос содержит недопустимый контент'],
    [400, 'Your prompt may contain sensitive words'],
    [400, { error: { code: 'content_policy_violation', message: 'no' } }],
    [400, 'Blocked by content safety'],
    [400, 'Request contains prohibited content'],
    [400, '请求内容不合规，请修改后重试'],
    [400, '您的输入包含敏感内容'],
    [400, '內容違反使用政策'],
    [200, { error: { code: '1301', message: '系统检测到不安全内容' } }],
    [400, 'PROHIBITED_CONTENT'],
  ],
};
