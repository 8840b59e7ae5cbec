"""Asks heed serve at an address as its users' programs do. See README.md."""
import asyncio
import sys

import deepl
import openai
from deep_translator import LibreTranslator
from libretranslatepy import LibreTranslateAPI

address = sys.argv[1]


def libretranslate():
    api = LibreTranslateAPI(address + "/")
    assert {language["code"] for language in api.languages()} == {"en", "de"}
    text = api.translate("a dog runs", "en", "de")
    assert isinstance(text, str)
    assert api.detect("This is a text in English, which is easy to tell.")[0]["language"] == "en"
    assert LibreTranslator(source="en", target="de", custom_url=address + "/", api_key="none").translate("a dog runs") == text


def of_deepl():
    translator = deepl.Translator("a key", server_url=address)
    one, two = translator.translate_text(["a dog runs", "two men"], source_lang="EN", target_lang="DE")
    assert isinstance(one.text, str) and two.billed_characters == 7
    assert translator.get_usage().character.count >= 17
    assert "DE" in {language.code.upper() for language in translator.get_target_languages()}


def of_openai():
    client = openai.OpenAI(base_url=address + "/v1", api_key="none")
    assert "writer" in {model.id for model in client.models.list()}
    assert client.models.retrieve("writer").owned_by == "heed"
    ask = {"model": "writer", "prompt": "to be", "max_tokens": 16, "seed": 7, "temperature": 0.8}
    whole = client.completions.create(**ask)
    assert whole.usage.completion_tokens == 16 and whole.choices[0].finish_reason == "length"
    parts = list(client.completions.create(**ask, stream=True, stream_options={"include_usage": True}))
    assert "".join(part.choices[0].text for part in parts if part.choices) == whole.choices[0].text
    assert parts[-1].usage.completion_tokens == 16
    two = client.completions.create(**(ask | {"prompt": ["to", "it"], "n": 2, "logprobs": 1}))
    assert [choice.index for choice in two.choices] == [0, 1, 2, 3]
    assert len(two.choices[0].logprobs.token_logprobs) == 16
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "to be?"}]
    chat = client.chat.completions.create(model="writer", messages=messages, max_tokens=8, seed=1)
    assert chat.choices[0].message.role == "assistant"
    streamed = client.chat.completions.create(model="writer", messages=messages, max_tokens=8, seed=1, stream=True)
    said = "".join(part.choices[0].delta.content or "" for part in streamed)
    assert said == chat.choices[0].message.content
    try:
        client.completions.create(model="other", prompt="to")
        raise AssertionError("a model that is not there")
    except openai.NotFoundError as error:
        assert error.code == "model_not_found"
    try:
        client.completions.create(model="writer", prompt="to", frequency_penalty=1)
        raise AssertionError("an option that is not there")
    except openai.BadRequestError:
        pass


async def of_openai_at_once():
    async with openai.AsyncOpenAI(base_url=address + "/v1", api_key="none") as client:
        asked = [client.completions.create(model="writer", prompt="to", max_tokens=16, seed=seed) for seed in range(16)]
        assert len({answer.id for answer in await asyncio.gather(*asked)}) == 16


libretranslate()
of_deepl()
of_openai()
asyncio.run(of_openai_at_once())
