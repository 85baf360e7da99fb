"""What can keep the editions from being built, in Chinese."""


class BuildError(ValueError):
    """An edition cannot be built; the message says what is missing and what to do."""


EXTRA_MISSING = (
    "没有安装制作工作簿所需的组件{name}。"
    '请在命令行运行 pip install "xl-selfeval[build]"，装好后再运行 xl-selfeval build'
)
