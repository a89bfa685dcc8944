namespace Shouwang.Domain.Kernel;

/// <summary>What is done on a visit: the first service list. Known to all, because one module plans it, another records it and a third
/// counts it. 服务项目</summary>
[Flags]
public enum ServiceItems
{
    None = 0, Visit = 1, Meals = 2, Cleaning = 4, Escort = 8, Emergency = 16, Medical = 32, Farming = 64, Errands = 128,
}
